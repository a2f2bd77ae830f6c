// Owns the People tab: everyone present, grouped and searchable, and for speakers who was removed.
import { Search, Users } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { AlertDialog } from '#platform/ui/alert-dialog.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { AudienceList } from './audience-list.tsx';
import type { PeopleView } from './people-groups.ts';
import { groupPeople, matches } from './people-groups.ts';
import type { PersonRowProps } from './person-row.tsx';
import { PersonRow } from './person-row.tsx';
import { peopleTexts } from './texts.ts';

interface PeoplePanelProps extends PeopleView {
  self: string | null;
  support: readonly string[];
  /** Ids of those on stage whose microphone is off, and the stage's word for it. */
  muted: readonly string[];
  mutedLabel: string;
  directory: Directory<PersonSummary>;
  /** Only for speakers. */
  moderation?: {
    removed: readonly string[];
    onRemove: (person: string) => Promise<unknown>;
    onReadmit: (person: string) => Promise<unknown>;
  };
}

export function PeoplePanel(props: PeoplePanelProps) {
  const { present, speakers, onStage, self, support, muted, mutedLabel, directory, moderation } = props;
  const t = useTexts(peopleTexts);
  const scroller = useRef<HTMLElement>(null);
  const [search, setSearch] = useState('');
  const [leaving, setLeaving] = useState<PersonSummary | null>(null);
  const groups = useMemo(() => groupPeople({ present, speakers, onStage }), [present, speakers, onStage]);
  const removed = moderation?.removed ?? [];
  // Only a search needs everybody's name; the audience's come as they are scrolled to.
  const everyone = [...groups.speakers, ...groups.onScreen, ...groups.audience];
  const people = useDirectory(directory, search ? everyone : [...groups.speakers, ...groups.onScreen, ...removed]);
  const needSeen = useCallback((ids: readonly string[]) => directory.need(ids), [directory]);
  const found = (ids: readonly string[]) => ids.filter((id) => matches(people.get(id), search));

  const row = (id: string, more: Partial<PersonRowProps> = {}) => (
    <PersonRow
      key={id}
      id={id}
      person={people.get(id) ?? undefined}
      isSelf={id === self}
      isSupport={support.includes(id)}
      mutedLabel={muted.includes(id) ? mutedLabel : undefined}
      onRemove={moderation && id !== self && !speakers.includes(id) ? setLeaving : undefined}
      {...more}
    />
  );
  const near = (group: 'speakers' | 'onScreen', ids: readonly string[]) =>
    ids.length > 0 && (
      <>
        <h2 className="group-head">
          {t(group)} <span className="num">{ids.length}</span>
        </h2>
        <ul aria-label={t(group)}>{ids.map((id) => row(id))}</ul>
      </>
    );
  const [speaking, onScreen, audience] = [found(groups.speakers), found(groups.onScreen), found(groups.audience)];
  const isEmpty = speaking.length + onScreen.length + audience.length === 0;
  return (
    <>
      <div className="people-search">
        <label className="input">
          <Search className="i i--s" aria-hidden="true" />
          <input
            type="search"
            aria-label={t('search')}
            placeholder={t('searchHint', { count: everyone.length })}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </label>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <section ref={scroller} className="scroll people" aria-label={t('tab')} tabIndex={0}>
        {isEmpty && (
          <EmptyState
            icon={Users}
            level={3}
            title={t(search ? 'noMatchTitle' : 'nobodyTitle')}
            text={t(search ? 'noMatchText' : 'nobodyText')}
          />
        )}
        {near('speakers', speaking)}
        {near('onScreen', onScreen)}
        {audience.length > 0 && (
          <>
            <h2 className="group-head">
              {t('audience')} <span className="num">{audience.length}</span>
            </h2>
            <AudienceList
              ids={audience}
              scroller={scroller}
              label={t('audience')}
              row={(id, position) => row(id, { position })}
              onSeen={needSeen}
            />
          </>
        )}
        {moderation && removed.length > 0 && (
          <>
            <h2 className="group-head">
              {t('removed')} <span className="num">{removed.length}</span>
            </h2>
            <ul aria-label={t('removed')}>
              {removed.map((id) => row(id, { onRemove: undefined, onReadmit: () => void moderation.onReadmit(id) }))}
            </ul>
          </>
        )}
      </section>
      <AlertDialog
        isOpen={leaving !== null}
        title={t('removeTitle', { name: leaving?.name ?? '' })}
        text={t('removeText')}
        confirmLabel={t('remove')}
        cancelLabel={t('keep')}
        onCancel={() => setLeaving(null)}
        onConfirm={() => {
          if (leaving) void moderation?.onRemove(leaving.id);
          setLeaving(null);
        }}
      />
    </>
  );
}
