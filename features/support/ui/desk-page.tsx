// Owns the desk as a whole: the list, the conversation that is open, the sound when somebody comes to wait.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { LifeBuoy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useDocumentTitle } from '#platform/ui/document-title.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { Failure } from '#platform/ui/failure.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { DeskConversation } from '../contract.ts';
import { supportWaitingKey } from '../contract.ts';
import { playChime } from './chime.ts';
import { DeskList } from './desk-list.tsx';
import { deskQuery } from './desk-query.ts';
import { DeskTalk } from './desk-talk.tsx';
import { deskTexts } from './desk-texts.ts';
import '#platform/ui/css/panel.css';
import './support.css';
import './desk.css';

interface DeskPageProps {
  slug: string;
  eventTitle: string;
  self: string;
}

const chosenKey = (slug: string) => `stagedoor.support-chosen.${slug}`;
function recallChosen(slug: string): string | null {
  try {
    return sessionStorage.getItem(chosenKey(slug));
  } catch {
    return null;
  }
}
function keepChosen(slug: string, id: string | null): void {
  try {
    if (id) sessionStorage.setItem(chosenKey(slug), id);
    else sessionStorage.removeItem(chosenKey(slug));
  } catch {
    // Without storage a reload leads to the list.
  }
}

/** Rings when somebody comes to wait who did not wait a moment ago. */
function useChime(open: readonly DeskConversation[] | undefined): void {
  const known = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (!open) return;
    const waiting = new Set(open.filter((one) => one.takenBy === null).map((one) => one.id));
    if (known.current && [...waiting].some((id) => !known.current?.has(id))) playChime();
    known.current = waiting;
  }, [open]);
}

export function DeskPage({ slug, eventTitle, self }: DeskPageProps) {
  const t = useTexts(deskTexts);
  const client = useQueryClient();
  const { data: desk, error, refetch } = useQuery(deskQuery(client, slug));
  const [chosen, setChosen] = useState(() => recallChosen(slug));
  const [resolved, setResolved] = useState<DeskConversation | null>(null);
  const waiting = desk?.waiting ?? 0;
  useDocumentTitle(waiting > 0 ? `(${waiting}) ${t('title')}` : t('title'), eventTitle);
  useChime(desk?.open);
  const isKnown = desk !== undefined;
  useEffect(() => {
    if (isKnown) client.setQueryData(supportWaitingKey(slug), waiting);
  }, [client, slug, isKnown, waiting]);
  const choose = (one: DeskConversation | null) => {
    setChosen(one?.id ?? null);
    setResolved(one?.resolvedAt ? one : null);
    keepChosen(slug, one?.id ?? null);
  };
  if (!desk) return error ? <Failure error={error} onRetry={() => void refetch()} /> : null;
  const listed = desk.open.find((one) => one.id === chosen);
  return (
    <div role="tabpanel" id="event-panel" aria-labelledby="event-tab-current" className={chosen ? 'desk desk--talk' : 'desk'}>
      {/* The list's own heading is not on a phone's screen while a conversation is. */}
      <h1 className="sr">{t('title')}</h1>
      <DeskList slug={slug} desk={desk} self={self} isStale={error !== null} chosen={chosen} onChoose={choose} />
      {chosen ? (
        <DeskTalk
          key={chosen}
          slug={slug}
          conversationId={chosen}
          listed={listed ?? (resolved?.id === chosen ? resolved : null)}
          self={self}
          onBack={() => choose(null)}
        />
      ) : (
        <section className="desk-empty">
          <EmptyState icon={LifeBuoy} title={t('chooseTitle')} text={waiting > 0 ? t('chooseText') : t('emptyText')} />
        </section>
      )}
      <p className="sr" role="status">
        {waiting > 0 ? t('waitsNow', { count: waiting }) : ''}
      </p>
    </div>
  );
}
