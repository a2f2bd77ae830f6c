// Owns giving the keyboard back to the page: a click into another site's frame would take it, with every key that means something here.

/** `onTouched`: somebody clicked into the frame. Until what is answered is called. */
export function keepKeyboard(frame: HTMLIFrameElement, onTouched: () => void): () => void {
  let before: Element | null = document.activeElement;
  const onFocusIn = ({ target }: FocusEvent) => {
    if (target instanceof Element && target !== frame) before = target;
  };
  // Where the focus has gone is known a moment after the window has lost it.
  const onBlur = () =>
    setTimeout(() => {
      if (document.activeElement !== frame) return;
      onTouched();
      frame.blur();
      window.focus();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    });
  document.addEventListener('focusin', onFocusIn);
  window.addEventListener('blur', onBlur);
  return () => {
    document.removeEventListener('focusin', onFocusIn);
    window.removeEventListener('blur', onBlur);
  };
}
