// Owns the person's side of the conversation: a sheet beside what one does, in the panel's place inside a Session.
import { LifeBuoy, X } from 'lucide-react';
import { use, useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useDirectory } from '#platform/live/client/directory.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { Diagnostics } from '../contract.ts';
import { Consent } from './consent.tsx';
import type { Correspondence } from './correspondence.ts';
import { useNoteDrawn } from './open-sheet.ts';
import { peopleOf } from './people.ts';
import { SupportSurroundings } from './surroundings.ts';
import { TalkComposer } from './talk-composer.tsx';
import { TalkLog } from './talk-log.tsx';
import { supportTexts } from './texts.ts';
import { useWholeTalk } from './use-whole-talk.ts';
import '#platform/ui/css/panel.css';
import './support.css';

interface SupportSheetProps {
  slug: string;
  one: Correspondence;
  onClose: () => void;
}

const retryMs = 3000;

/** Begins the conversation with the first look, so that every tab has the same; tried again while the network is away. */
function useOpened(one: Correspondence): boolean {
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const open = () =>
      one.open().then(
        () => setFailed(false),
        () => {
          setFailed(true);
          timer = setTimeout(open, retryMs);
        },
      );
    void open();
    return () => clearTimeout(timer);
  }, [one]);
  return failed;
}

export function SupportSheet({ slug, one, onClose }: SupportSheetProps) {
  const t = useTexts(supportTexts);
  const dialog = useRef<HTMLDialogElement>(null);
  const failed = useOpened(one);
  const { urgent, readCall } = use(SupportSurroundings);
  useNoteDrawn();
  const { talk, unread } = useSyncExternalStore(one.subscribe, one.read);
  const whole = useWholeTalk(slug, null, talk);
  const [agreed, setAgreed] = useState<Diagnostics | null>(null);
  const people = useDirectory(peopleOf(slug), [
    ...new Set([...whole.messages.map((message) => message.author), ...(talk?.takenBy ? [talk.takenBy] : [])]),
  ]);
  const nameOf = useCallback((id: string) => people.get(id)?.name ?? t('team'), [people, t]);
  useEffect(() => {
    dialog.current?.show();
  }, []);
  useEffect(() => {
    const read = () => document.visibilityState === 'visible' && unread > 0 && one.markRead();
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [one, unread]);
  const isFirst = talk !== null && (talk.sent === 0 || talk.resolvedAt !== null);
  const state = () => {
    if (!talk || talk.sent === 0) return '';
    if (talk.resolvedAt) return t('resolved');
    return talk.takenBy ? t('answers', { name: nameOf(talk.takenBy) }) : t('waiting');
  };
  return (
    <dialog
      ref={dialog}
      className="support-sheet"
      aria-label={t('support')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className="panel-head">
        <h2 className="grow">{t('support')}</h2>
        <button type="button" className="btn btn--quiet btn--icon" aria-label={t('close')} title={t('close')} onClick={onClose}>
          <X className="i" aria-hidden="true" />
        </button>
      </div>
      {/* What is urgent does not wait until the sheet is closed. */}
      {urgent && <div className="support-urgent">{urgent}</div>}
      <p className="support-state" role="status">
        {state()}
      </p>
      {talk ? (
        <TalkLog talk={whole} isMine={(author) => author === talk.person} nameOf={nameOf}>
          {talk.sent === 0 && <EmptyState icon={LifeBuoy} level={3} title={t('emptyTitle')} text={t('emptyText')} />}
        </TalkLog>
      ) : (
        <p className="pending muted grow" role="status">
          <Spinner />
          {t(failed ? 'unavailable' : 'loading')}
        </p>
      )}
      {isFirst && <Consent slug={slug} readCall={readCall} onAgreed={setAgreed} />}
      {talk && <p className="quiet support-where">{t('whereNote')}</p>}
      <TalkComposer draftOf={slug} isDisabled={!talk} onSend={(text) => one.send(text, (isFirst && agreed) || undefined)} />
    </dialog>
  );
}
