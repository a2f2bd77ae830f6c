// Owns where the focus goes when the page changes: to its heading, so that screen readers say where one is.
import type { AnyRouter } from '@tanstack/react-router';

/** A heading takes the focus only from here, never by tabbing. */
function focusPage(): void {
  const heading = document.querySelector<HTMLElement>('main h1');
  const target = heading ?? document.getElementById('main');
  if (!target) return;
  if (heading && !heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  target.focus({ preventScroll: true });
}

/** Tabs that are addresses keep the focus: whoever moves along them with the arrow keys must not be thrown out of the row. */
const staysInTabs = () => document.activeElement?.getAttribute('role') === 'tab';

export function followRoutesWithFocus(router: AnyRouter): () => void {
  let first = true;
  return router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
    const initial = first || !fromLocation;
    first = false;
    if (!initial && pathChanged && !staysInTabs()) focusPage();
  });
}
