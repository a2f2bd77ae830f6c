// Owns where the focus goes when the page changes: to its heading, so that screen readers say where one is.
import type { AnyRouter } from '@tanstack/react-router';

/** A heading that is not there after this long belongs to something the person has since begun to use. */
const longestWaitMs = 10_000;
let stopWaiting = () => {};

/** What only stands in for a page while it loads is not its heading. */
const focusHeading = (): boolean => {
  const heading = document.querySelector<HTMLElement>('main h1:not([aria-busy] h1)');
  // It takes the focus only from here, never by tabbing.
  if (heading && !heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  heading?.focus({ preventScroll: true });
  return heading !== null;
};
const focusIsNowhere = () => document.activeElement === document.body || document.activeElement?.id === 'main';

function focusPage(): void {
  stopWaiting();
  if (focusHeading()) return;
  document.getElementById('main')?.focus({ preventScroll: true });
  const observer = new MutationObserver(() => {
    if (!focusIsNowhere() || focusHeading()) stopWaiting();
  });
  const timer = setTimeout(() => stopWaiting(), longestWaitMs);
  stopWaiting = () => {
    observer.disconnect();
    clearTimeout(timer);
  };
  observer.observe(document.body, { childList: true, subtree: true });
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
