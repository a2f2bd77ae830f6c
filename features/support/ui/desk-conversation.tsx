// Owns one conversation at the desk while it is followed: who has it, answering, and what the person sent along.
import { useEffect } from 'react';
import { useDirectory } from '#platform/live/client/directory.ts';
import type { LiveStore } from '#platform/live/client/live-store.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { ApiError } from '#platform/ui/api.ts';
import { errorTextOf } from '#platform/ui/error-texts.ts';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import type { DeskConversation, SupportState } from '../contract.ts';
import { CannedAnswers } from './canned-answers.tsx';
import { DeskHead } from './desk-head.tsx';
import { deskTexts } from './desk-texts.ts';
import { DiagnosticsCard } from './diagnostics-card.tsx';
import { peopleOf } from './people.ts';
import { TalkComposer } from './talk-composer.tsx';
import { TalkLog } from './talk-log.tsx';
import { useWholeTalk } from './use-whole-talk.ts';

export interface DeskConversationProps {
  slug: string;
  conversationId: string;
  /** As the list has it; null when it is not there (any more). */
  listed: DeskConversation | null;
  self: string;
  onBack: () => void;
  store: LiveStore<SupportState>;
}

export function DeskConversationView({ slug, conversationId, listed, self, onBack, store }: DeskConversationProps) {
  const t = useTexts(deskTexts);
  const talk = useLive(store, ({ slices }) => slices.all);
  const team = useLive(store, ({ slices }) => slices.backstage);
  const isClosed = useLive(store, ({ status }) => status.is === 'closed');
  const whole = useWholeTalk(slug, conversationId, talk);
  const people = useDirectory(peopleOf(slug), [
    ...new Set(talk ? [talk.person, ...(talk.takenBy ? [talk.takenBy] : []), ...whole.messages.map((one) => one.author)] : []),
  ]);
  const nameOf = (id: string) => people.get(id)?.name ?? t('someone');
  const last = talk?.messages.at(-1)?.seq ?? 0;
  const isMine = talk?.takenBy === self;
  useEffect(() => {
    const read = () => {
      if (isMine && last > 0 && document.visibilityState === 'visible') {
        void store.submit('support.read', { seq: last }).catch(() => undefined);
      }
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [store, isMine, last]);
  useEffect(() => {
    // Not ours to see any more: back to what is.
    if (isClosed) onBack();
  }, [isClosed, onBack]);
  const tell = (error: unknown) => {
    const by = error instanceof ApiError && error.code === 'support-taken' ? String(error.details.by ?? '') : '';
    showToast({ tone: 'error', title: by ? t('takenFirst', { name: nameOf(by) }) : errorTextOf(error) });
  };
  const act = (type: string, body: Record<string, unknown> = {}) => void store.submit(type, body).catch(tell);
  if (!talk?.person) {
    return (
      <section className="talk">
        <p className="pending muted" role="status">
          <Spinner />
          {t('loading')}
        </p>
      </section>
    );
  }
  const isOthers = talk.takenBy !== null && !isMine;
  const name = nameOf(talk.person);
  return (
    <>
      <section className="talk" aria-label={t('conversationWith', { name })}>
        <DeskHead
          talk={talk}
          person={people.get(talk.person) ?? null}
          where={listed?.where ?? null}
          {...{ self, nameOf, act, onBack }}
        />
        <TalkLog talk={whole} isMine={(author) => author !== talk.person} nameOf={nameOf} />
        <TalkComposer
          draftOf={`desk.${talk.person}`}
          isDisabled={isOthers || talk.resolvedAt !== null}
          onSend={(text) => store.submit('support.send', { text })}
          tools={(insert) => <CannedAnswers slug={slug} onChoose={insert} />}
        />
      </section>
      <DiagnosticsCard shared={team?.shared ?? null} name={name} />
    </>
  );
}
