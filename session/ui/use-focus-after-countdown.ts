// Owns where the focus goes when the countdown before being on screen is over, if it was there: to the way to ask again, or to one's own controls.
import { useEffect, useRef } from 'react';

/** On screen not onto "Leave stage": the first space bar held to talk would press it. Tab leads there. */
export function useFocusAfterCountdown(isComing: boolean, isOnStage: boolean): void {
  const wasComing = useRef(false);
  useEffect(() => {
    const before = wasComing.current;
    wasComing.current = isComing;
    if (!before || isComing) return;
    const active = document.activeElement;
    if (active && active !== document.body && !active.closest('.curtain')) return;
    const controls = document.querySelector<HTMLElement>('.bottom');
    const ask = isOnStage ? null : controls?.querySelector<HTMLElement>('.tool--join');
    (ask ?? controls)?.focus({ preventScroll: true });
  }, [isComing, isOnStage]);
}
