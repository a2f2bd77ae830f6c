// Owns the corner where toasts appear. The polite region is there from the start: screen readers announce only what changes in it.
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { partsTexts } from './parts-texts.ts';
import { useTexts } from './texts.ts';
import { ToastCard } from './toast-card.tsx';
import { toastStore } from './toast-store.ts';

export function Toasts() {
  const t = useTexts(partsTexts);
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.read);
  const corner = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = corner.current;
    // What goes to full screen comes above what was in the top layer before.
    const comeUp = () => {
      if (!document.fullscreenElement) return;
      element?.hidePopover();
      element?.showPopover();
    };
    element?.showPopover();
    document.addEventListener('fullscreenchange', comeUp);
    return () => {
      document.removeEventListener('fullscreenchange', comeUp);
      element?.hidePopover();
    };
  }, []);
  const loud = toasts.filter((toast) => toast.tone === 'error');
  const polite = toasts.filter((toast) => toast.tone !== 'error');
  return (
    <section ref={corner} popover="manual" className="toasts" aria-label={t('notifications')}>
      <div>
        {loud.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </div>
      <div role="status">
        {polite.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </div>
    </section>
  );
}
