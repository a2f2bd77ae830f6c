// Owns giving the focus back to what opened something, also when that has gone behind the button of its list meanwhile.

export function focusBack(element: Element | null): void {
  if (!(element instanceof HTMLElement) || !element.isConnected) return;
  const list = element.closest<HTMLElement>('[popover]');
  const isHidden = list !== null && !list.matches(':popover-open');
  const place = isHidden ? document.querySelector<HTMLElement>(`[popovertarget="${list.id}"]`) : element;
  place?.focus();
}
