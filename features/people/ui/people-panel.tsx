// Owns the People tab: everyone present, grouped and searchable, and for speakers who was removed.
import { Users } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { AlertDialog } from '#platform/ui/alert-dialog.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useIsHeld } from '#platform/ui/use-is-held.ts';
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
import type { HeldGroup } from './use-held-group.ts';
import { useHeldGroup } from './use-held-group.ts';
import type { KeptPlace } from './use-kept-place.ts';
import { useKeptPlace } from './use-kept-place.ts';

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
  kept: KeptPlace;
  /** Only for speakers. */
  moderation?: Moderation;
}

export function PeoplePanel(props: PeoplePanelProps) {
  const { present, speakers, onStage, guests, self, support, muted, mutedLabel, rooms, directory, kept, moderation } = props;
  const t = useTexts(peopleTexts);
  const format = useFormat();
  const scroller = useRef<HTMLElement>(null);
  const [search, setSearch] = useKeptPlace(kept, scroller);
  const [leaving, setLeaving] = useState<PersonSummary | null>(null);
  const groups = useMemo(() => groupPeople({ present, speakers, onStage, guests }), [present, speakers, onStage, guests]);
  const removed = moderation?.removed ?? nobody;
  // Only a search needs everybody's name; the audience's come as they are scrolled to.
  const isSearch = search.trim() !== '';
  const near = useMemo(() => [...groups.speakers, ...groups.onScreen, ...removed], [groups, removed]);
  const everyone = useMemo(() => (isSearch ? [...near, ...groups.audience] : near), [isSearch, near, groups]);
  const people = useDirectory(directory, everyone);
  const needSeen = useCallback((ids: readonly string[]) => directory.need(ids), [directory]);
  const found = (ids: readonly string[]) => (isSearch ? ids.filter((id) => matches(people.get(id), search)) : ids);
  const actsOn = (id: string) => (moderation && id !== self ? possibleActs(id, moderation, props, setLeaving) : undefined);
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
  const head = (group: 'speakers' | 'onScreen' | 'audience', count: number) => (
    <h2 className="group-head">
      {t(group)} <span className="num">{format.number(count)}</span>
    </h2>
  );
  const rowOf = (group: HeldGroup, id: string, more: Partial<PersonRowProps> = {}) =>
    group.isGone(id) ? row(id, { ...more, gone: id in present ? 'elsewhere' : 'left', acts: undefined }) : row(id, more);
  const listOf = (name: 'speakers' | 'onScreen', group: HeldGroup) =>
    group.shown.length > 0 && (
      <>
        {head(name, group.here.length)}
        <ul aria-label={t(name)}>{group.shown.map((id) => rowOf(group, id))}</ul>
      </>
    );
  // With somebody at it, nobody changes their place: "Invite to stage" is a click on one of many.
  const isHeld = useIsHeld(scroller);
  const speaking = useHeldGroup(found(groups.speakers), isHeld, search);
  const onScreen = useHeldGroup(found(groups.onScreen), isHeld, search);
  const audience = useHeldGroup(found(groups.audience), isHeld, search);
  const out = found(removed);
  const here = [...speaking.here, ...onScreen.here, ...audience.here];
  const keptFocus = useKeptFocus(scroller, [...here, ...out.map(removedKey)]);
  return (
    <>
      <PeopleSearch
        total={groups.speakers.length + groups.onScreen.length + groups.audience.length}
        search={search}
        onSearch={setSearch}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <section ref={scroller} className="scroll people" aria-label={t('tab')} tabIndex={0} {...keptFocus}>
        {here.length === 0 && (
          <EmptyState
            icon={Users}
            level={3}
            title={t(search ? 'noMatchTitle' : 'nobodyTitle')}
            text={t(search ? 'noMatchText' : 'nobodyText')}
          />
        )}
        {listOf('speakers', speaking)}
        {listOf('onScreen', onScreen)}
        {audience.shown.length > 0 && (
          <>
            {head('audience', audience.here.length)}
            <AudienceList
              ids={audience.shown}
              scroller={scroller}
              label={t('audience')}
              row={(id, position) => rowOf(audience, id, { position })}
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
