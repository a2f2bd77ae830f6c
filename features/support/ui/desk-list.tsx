// Owns the list of the desk: who waits, who is whose, and the search in what is resolved.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { LifeBuoy, Search } from 'lucide-react';
import { useId, useState } from 'react';
import { useDirectory } from '#platform/live/client/directory.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { DeskAnswer, DeskConversation } from '../contract.ts';
import { isChimeOn, playChime, setChime } from './chime.ts';
import { deskGroups } from './desk-groups.ts';
import { resolvedQuery } from './desk-query.ts';
import { DeskRow } from './desk-row.tsx';
import { deskTexts } from './desk-texts.ts';
import { peopleOf } from './people.ts';

interface DeskListProps {
  slug: string;
  desk: DeskAnswer;
  self: string;
  isStale: boolean;
  chosen: string | null;
  onChoose: (one: DeskConversation) => void;
}

export function DeskList({ slug, desk, self, isStale, chosen, onChoose }: DeskListProps) {
  const t = useTexts(deskTexts);
  const soundId = useId();
  const [hasSound, setHasSound] = useState(isChimeOn);
  const [text, setText] = useState('');
  const { data: found } = useQuery({
    ...resolvedQuery(slug, text.trim()),
    placeholderData: keepPreviousData,
    enabled: text.trim() !== '',
  });
  const groups = deskGroups(desk.open, self);
  const isSearching = text.trim() !== '';
  const listed = isSearching ? (found?.conversations ?? []) : desk.open;
  const people = useDirectory(peopleOf(slug), [...new Set(listed.flatMap((one) => [one.personId, one.takenBy ?? one.personId]))]);
  const nameOf = (id: string) => people.get(id)?.name ?? t('someone');
  const group = (key: string, label: string, conversations: DeskConversation[], isWaiting = false) =>
    conversations.length > 0 && (
      <section key={key} aria-label={label}>
        <h3 className="group-head">
          {label} <span className={isWaiting ? 'badge badge--wait num' : 'num'}>{conversations.length}</span>
        </h3>
        <ul>
          {conversations.map((one) => (
            <DeskRow
              key={one.id}
              one={one}
              person={people.get(one.personId) ?? null}
              self={self}
              isChosen={one.id === chosen}
              onChoose={onChoose}
            />
          ))}
        </ul>
      </section>
    );
  return (
    <section className="threads" aria-label={t('people')}>
      <div className="panel-head">
        <h2 className="desk-title grow">{t('title')}</h2>
        <span className="desk-sound">
          <span id={soundId} className="muted">
            {t('sound')}
          </span>
          <button
            type="button"
            className="switch"
            role="switch"
            aria-checked={hasSound}
            aria-labelledby={soundId}
            onClick={() => {
              setHasSound(!hasSound);
              setChime(!hasSound);
              playChime();
            }}
          />
        </span>
      </div>
      <label className="input desk-search">
        <Search className="i i--s" aria-hidden="true" />
        <input
          type="search"
          aria-label={t('searchResolved')}
          placeholder={t('searchResolved')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {isStale && (
        <p className="notice notice--wait desk-stale" role="status">
          {t('stale')}
        </p>
      )}
      <div className="scroll">
        {isSearching ? (
          group('resolved', t('resolvedOf', { text: text.trim() }), listed) || <p className="quiet desk-none">{t('noneFound')}</p>
        ) : (
          <>
            {group('waiting', t('waiting'), groups.waiting, true)}
            {group('mine', t('mine'), groups.mine)}
            {groups.others.map(({ by, conversations }) => group(by, t('with', { name: nameOf(by) }), conversations))}
            {desk.open.length === 0 && <EmptyState icon={LifeBuoy} level={3} title={t('emptyTitle')} text={t('emptyText')} />}
          </>
        )}
      </div>
    </section>
  );
}
