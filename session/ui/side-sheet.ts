// Owns which sheet stands in the panel in place of the tabs (settings, backgrounds, breakout rooms, materials), and where the focus returns to.
import { focusBack } from '#platform/ui/focus-back.ts';
import { fullScreen } from '#platform/ui/full-screen.ts';

export type SheetName = 'settings' | 'backgrounds' | 'breakouts' | 'materials';

interface SideSheet {
  open: SheetName | null;
}

let state: SideSheet = { open: null };
let openedFrom: Element | null = null;
const listeners = new Set<() => void>();

function set(open: SheetName | null): void {
  if (state.open === open) return;
  state = { open };
  for (const listener of [...listeners]) listener();
}

export const sideSheet = {
  read: (): SideSheet => state,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  open(name: SheetName): void {
    // From one sheet to another, the way back is still the first one's button.
    if (state.open === null) openedFrom = document.activeElement;
    else if (document.activeElement?.matches('.bottom *')) openedFrom = document.activeElement;
    // A picture that fills the screen would hide it.
    fullScreen.leave();
    set(name);
  },
  /** `focusBack`: closed by the person, whose focus would be lost with the sheet. */
  close({ focusBack: isFocusBack = true }: { focusBack?: boolean } = {}): void {
    // A notice that led here has gone meanwhile: the sheet's own button stands for it.
    const isThere = openedFrom?.isConnected && openedFrom !== document.body;
    const place = isThere ? openedFrom : document.querySelector(`[data-sheet="${state.open}"]`);
    set(null);
    if (isFocusBack) focusBack(place);
    openedFrom = null;
  },
  toggle(name: SheetName): void {
    if (state.open === name) sideSheet.close();
    else sideSheet.open(name);
  },
};
