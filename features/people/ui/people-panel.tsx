// Owns the People tab: everyone present, grouped and searchable, and for speakers who was removed.
import { Users } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { AlertDialog } from '#platform/ui/alert-dialog.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { AudienceList } from './audience-list.tsx';
import { useKeptFocus } from './keep-focus.ts';
import type { PeopleView } from './people-groups.ts';
import { groupPeople, matches } from './people-groups.ts';
import { PeopleSearch } from './people-search.tsx';
import type { PersonRowProps } from './person-row.tsx';
import { PersonRow } from './person-row.tsx';
import type { Moderation } from './possible-acts.ts';
import { possibleActs } from './possible-acts.ts';
import { peopleTexts } from './texts.ts';

const nobody: readonly string[] = [];
const removedKey = (id: string) => `removed-${id}`;

interface PeoplePanelProps extends PeopleView {
  self: string | null;
  support: readonly string[];
  /** Whose microphone is off, and whose is on: those on stage, and those in the breakout room where I am. */
  muted: readonly string[];
  heard: readonly string[];
  /** The stage's word for a microphone that is off. */
  mutedLabel: string;
  /** Person → name of the breakout room where they are. */
  rooms: ReadonlyMap<string, string>;
  directory: Directory<PersonSummary>;
  /** Only for speakers. */
  moderation?: Moderation;
}

export function PeoplePanel(props: PeoplePanelProps) {
  const { present, speakers, onStage, self, support, muted, heard, mutedLabel, rooms, directory, moderation } = props;
  const t = useTexts(peopleTexts);
  const format = useFormat();
  const scroller = useRef<HTMLElement>(null);
  const [search, setSearch] = useState('');
  const [leaving, setLeaving] = useState<PersonSummary | null>(null);
  const groups = useMemo(() => groupPeople({ present, speakers, onStage }), [present, speakers, onStage]);
  const removed = moderation?.removed ?? nobody;
  // Only a search needs everybody's name; the audience's come as they are scrolled to.
  const isSearch = search.trim() !== '';
  const near = useMemo(() => [...groups.speakers, ...groups.onScreen, ...removed], [groups, removed]);
  const everyone = useMemo(() => (isSearch ? [...near, ...groups.audience] : near), [isSearch, near, groups]);
  const people = useDirectory(directory, everyone);
  const needSeen = useCallback((ids: readonly string[]) => directory.need(ids), [directory]);
  const found = (ids: readonly string[]) => (isSearch ? ids.filter((id) => matches(people.get(id), search)) : ids);
  const actsOn = (id: string) =>
    moderation && id !== self ? possibleActs(id, moderation, { speakers, onStage, heard, rooms }, setLeaving) : undefined;
  const row = (id: string, more: Partial<PersonRowProps> = {}) => (
    <PersonRow
      key={id}
      id={id}
      person={people.get(id) ?? undefined}
      isSelf={id === self}
      isSupport={support.includes(id)}
      mutedLabel={muted.includes(id) ? mutedLabel : undefined}
      isBanned={moderation && id in moderation.banned}
      onTheWay={moderation?.onTheWay.get(id)}
      roomName={rooms.get(id)}
      acts={actsOn(id)}
      {...more}
    />
  );
  const listOf = (group: 'speakers' | 'onScreen', ids: readonly string[]) =>
    ids.length > 0 && (
      <>
        <h2 className="group-head">
          {t(group)} <span className="num">{format.number(ids.length)}</span>
        </h2>
        <ul aria-label={t(group)}>{ids.map((id) => row(id))}</ul>
      </>
    );
  const [speaking, onScreen, audience] = [found(groups.speakers), found(groups.onScreen), found(groups.audience)];
  const out = found(removed);
  const shown = [...speaking, ...onScreen, ...audience];
  const keptFocus = useKeptFocus(scroller, [...shown, ...out.map(removedKey)]);
  return (
    <>
      <PeopleSearch
        total={groups.speakers.length + groups.onScreen.length + groups.audience.length}
        search={search}
        onSearch={setSearch}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <section ref={scroller} className="scroll people" aria-label={t('tab')} tabIndex={0} {...keptFocus}>
        {shown.length === 0 && (
          <EmptyState
            icon={Users}
            level={3}
            title={t(search ? 'noMatchTitle' : 'nobodyTitle')}
            text={t(search ? 'noMatchText' : 'nobodyText')}
          />
        )}
        {listOf('speakers', speaking)}
        {listOf('onScreen', onScreen)}
        {audience.length > 0 && (
          <>
            <h2 className="group-head">
              {t('audience')} <span className="num">{format.number(audience.length)}</span>
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
        {moderation && out.length > 0 && (
          <>
            <h2 className="group-head">
              {t('removed')} <span className="num">{format.number(out.length)}</span>
            </h2>
            <ul aria-label={t('removed')}>
              {out.map((id) =>
                row(id, {
                  rowKey: removedKey(id),
                  acts: { readmit: () => void moderation.act('people.readmit', { person: id }) },
                }),
              )}
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
          if (leaving) void moderation?.act('people.remove', { person: leaving.id });
          setLeaving(null);
        }}
      />
    </>
  );
}
