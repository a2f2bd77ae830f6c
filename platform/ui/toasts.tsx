// Owns the corner where toasts appear. The polite region is there from the start: screen readers announce only what changes in it.
import { useSyncExternalStore } from 'react';
import { partsTexts } from './parts-texts.ts';
import { useTexts } from './texts.ts';
import { ToastCard } from './toast-card.tsx';
import { toastStore } from './toast-store.ts';

export function Toasts() {
  const t = useTexts(partsTexts);
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.read);
  const loud = toasts.filter((toast) => toast.tone === 'error');
  const polite = toasts.filter((toast) => toast.tone !== 'error');
  return (
    <section className="toasts" aria-label={t('notifications')}>
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
