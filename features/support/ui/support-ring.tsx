// Owns the life ring: opens the support sheet from anywhere in the event, and tells when somebody has answered while it is closed.
import { LifeBuoy } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { focusBack } from '#platform/ui/focus-back.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import type { SupportPlace } from '../contract.ts';
import { startErrorRing } from './error-ring.ts';
import { openSheet, useIsSheetOpen } from './open-sheet.ts';
import { supportTexts } from './texts.ts';
import { useCorrespondence } from './use-correspondence.ts';
import './support-ring.css';

const SupportSheet = lazy(async () => ({ default: (await import('./support-sheet.tsx')).SupportSheet }));

interface SupportRingProps {
  slug: string;
  page: SupportPlace['page'];
  sessionId?: string;
  /** `bar`: a tool of a Session's bottom bar. `page`: in a page's top bar. */
  look: 'bar' | 'page';
}

const shownOfAnswer = 120;

startErrorRing();
/** Told once per page and answer, however often the ring is drawn. */
const toldOf = new Map<string, number>();

export function SupportRing({ slug, page, sessionId, look }: SupportRingProps) {
  const t = useTexts(supportTexts);
  const button = useRef<HTMLButtonElement>(null);
  const takeBack = useRef<() => void>(() => undefined);
  const isOpen = useIsSheetOpen(slug);
  const { one, unread, lastAnswer } = useCorrespondence(slug);
  useEffect(() => one?.notePlace({ page, sessionId: sessionId ?? null }), [one, page, sessionId]);
  useEffect(() => {
    if (isOpen || unread === 0 || !lastAnswer || toldOf.get(slug) === lastAnswer.seq) return;
    toldOf.set(slug, lastAnswer.seq);
    const action = { label: supportTexts.t('open'), onAction: () => openSheet(slug) };
    const { text } = lastAnswer;
    const shown = text.length > shownOfAnswer ? `${text.slice(0, shownOfAnswer)}…` : text;
    takeBack.current = showToast({ title: supportTexts.t('answered'), text: shown, action });
  }, [isOpen, unread, lastAnswer, slug]);
  useEffect(() => {
    if (isOpen || unread === 0) takeBack.current();
  }, [isOpen, unread]);
  const close = () => {
    openSheet(null);
    focusBack(button.current);
  };
  const count = isOpen ? 0 : unread;
  return (
    <>
      <button
        ref={button}
        type="button"
        className={look === 'bar' ? 'tool support-ring' : 'btn btn--quiet support-ring'}
        aria-label={count > 0 ? t('unread', { count }) : t('support')}
        title={t('support')}
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        onClick={() => (isOpen ? close() : openSheet(slug))}
      >
        <LifeBuoy className="i" strokeWidth={1.75} aria-hidden="true" />
        <span>{t('support')}</span>
        {count > 0 && <b className="badge badge--accent">{count}</b>}
      </button>
      {isOpen &&
        one &&
        createPortal(
          <Suspense>
            <SupportSheet slug={slug} one={one} onClose={close} />
          </Suspense>,
          document.body,
        )}
    </>
  );
}
