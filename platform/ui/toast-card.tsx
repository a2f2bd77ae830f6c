// Owns one toast: its words, its action, and its six seconds, which wait while someone points at it or has the focus in it.
import { Check, CircleAlert, Clock, Info, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { partsTexts } from './parts-texts.ts';
import { useTexts } from './texts.ts';
import type { Toast } from './toast-store.ts';
import { dismissToast } from './toast-store.ts';

const shownMs = 6000;
const icons = { plain: Info, done: Check, wait: Clock, error: CircleAlert } as const;

export function ToastCard({ toast }: { toast: Toast }) {
  const t = useTexts(partsTexts);
  const [held, setHeld] = useState(false);
  const remainingMs = useRef(shownMs);
  useEffect(() => {
    if (held) return;
    const startedAt = performance.now();
    const timer = setTimeout(() => dismissToast(toast.id), remainingMs.current);
    return () => {
      clearTimeout(timer);
      remainingMs.current -= performance.now() - startedAt;
    };
  }, [held, toast.id]);
  const tone = toast.tone ?? 'plain';
  const Icon = icons[tone];
  const { action } = toast;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it from leaving.
    <div
      className={`toast toast--${tone}`}
      role={tone === 'error' ? 'alert' : 'group'}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon className="i" aria-hidden="true" />
      <div className="toast-words">
        <b>{toast.title}</b>
        {toast.text && <p className="muted">{toast.text}</p>}
      </div>
      <span className="toast-acts">
        {action && (
          <button
            type="button"
            className="btn btn--quiet btn--s"
            onClick={() => {
              dismissToast(toast.id);
              action.onAction();
            }}
          >
            {action.label}
          </button>
        )}
        <button
          type="button"
          className="btn btn--quiet btn--s btn--icon"
          aria-label={t('close')}
          onClick={() => dismissToast(toast.id)}
        >
          <X className="i i--s" aria-hidden="true" />
        </button>
      </span>
    </div>
  );
}
