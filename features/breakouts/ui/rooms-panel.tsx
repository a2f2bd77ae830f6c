// Owns the panel "Breakout Rooms": the plan before the opening, and the rooms while they are open.
import { LayoutGrid } from 'lucide-react';
import { useCallback, useMemo, useRef } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useServerNow } from '#platform/live/client/use-live.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import type { MenuEntry } from '#platform/ui/menu-entries.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { useFocusHandover } from '#platform/ui/use-focus-handover.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { AssignmentKind, BreakoutsPlanState, BreakoutsState } from '../contract.ts';
import { ManageFoot } from './manage-foot.tsx';
import { ParticipantSearch } from './participant-search.tsx';
import { PlanFoot } from './plan-foot.tsx';
import type { Act } from './room-acts.ts';
import { useRoomActs } from './room-acts.ts';
import { RoomCard } from './room-card.tsx';
import type { ShownRoom } from './room-lists.ts';
import { companiesOf, openingEffect, roomLists } from './room-lists.ts';
import { RoomsHead } from './rooms-head.tsx';
import { SpeakersHere } from './speakers-here.tsx';
import { breakoutsTexts } from './texts.ts';
import { UnassignedPeople } from './unassigned-people.tsx';
import './breakouts.css';

export interface RoomsPanelProps {
  sessionId: string;
  breakouts: BreakoutsState;
  plan: BreakoutsPlanState;
  present: Readonly<Record<string, 'speaker' | 'participant'>>;
  support: readonly string[];
  isLive: boolean;
  directory: Directory<PersonSummary>;
  serverNow: () => number;
  act: Act;
}

const seed = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

export function RoomsPanel(props: RoomsPanelProps) {
  const { sessionId, breakouts, plan, present, support, isLive, directory, serverNow, act } = props;
  const t = useTexts(breakoutsTexts);
  const foot = useRef<HTMLDivElement>(null);
  const inFoot = (selector: string) => foot.current?.querySelector<HTMLElement>(selector);
  const keptFocus = useFocusHandover(() => inFoot('.rooms-end button, .rooms-end:not(:disabled)') ?? inFoot('select, button'));
  const now = useServerNow(serverNow, 1000);
  const lists = useMemo(() => roomLists(breakouts, plan, present), [breakouts, plan, present]);
  const { isOpen, rooms, unassigned, speakers, movable } = lists;
  const people = useDirectory(directory, movable);
  const known = movable.flatMap((id) => people.get(id) ?? []);
  const companies = companiesOf(known);
  const markOf = useCallback(
    (person: string) => {
      if (present[person] === 'speaker') return t('speaker');
      return support.includes(person) ? t('support') : undefined;
    },
    [present, support, t],
  );
  const acts = useRoomActs(rooms, t(isOpen ? 'mainCall' : 'stays'), markOf, act);
  const kinds: AssignmentKind[] = ['even'];
  if (companies.length > 0) kinds.push('mixed', 'together');
  if (plan.groups.length > 0) kinds.push('same', 'new-partners');
  const assign = (how: AssignmentKind) => {
    const groups = how === 'mixed' || how === 'together' ? companies : undefined;
    void act('breakouts.auto-assign', { how, seed: seed(), ...(groups && { groups }) });
  };
  const add = () => {
    const taken = new Set(rooms.map((room) => room.name));
    let number = 1;
    while (taken.has(t('roomName', { number }))) number += 1;
    void act('breakouts.add-room', { name: t('roomName', { number }) });
  };
  const entriesOf = ({ id: room, isClosing }: ShownRoom): MenuEntry[] => {
    const entry = (id: 'goThere' | 'closeRoom' | 'keepOpen' | 'removeRoom', type: string, danger = false): MenuEntry => ({
      ...{ id, label: t(id), danger },
      onAction: () => void act(`breakouts.${type}`, { room }),
    });
    if (!isOpen) return [entry('removeRoom', 'remove-room', true)];
    if (breakouts.is === 'closing') return [];
    return isClosing ? [entry('keepOpen', 'keep-open')] : [entry('goThere', 'go'), entry('closeRoom', 'close-room', true)];
  };
  const roomOf = (person: string) => rooms.find((room) => room.members.includes(person))?.id ?? null;
  const last = rooms.at(-1);
  return (
    <div className="rooms-panel">
      <RoomsHead
        count={rooms.length}
        isOpen={isOpen}
        kinds={kinds}
        onAdd={add}
        onRemoveLast={() => last && void act('breakouts.remove-room', { room: last.id })}
        onAssign={assign}
      />
      {rooms.length > 0 && (
        <ParticipantSearch
          people={known}
          markOf={markOf}
          placesFor={(person) => acts.placesFor(roomOf(person), (to) => acts.move(person, to))}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <div className="scroll rooms-scroll" tabIndex={0}>
        {rooms.length === 0 && <EmptyState icon={LayoutGrid} level={3} title={t('emptyTitle')} text={t('emptyText')} />}
        <UnassignedPeople ids={unassigned} isOpen={isOpen} people={people} present={present} acts={acts} />
        <ul className="rooms-list">
          {rooms.map((room) => (
            <RoomCard
              key={room.id}
              room={room}
              people={people}
              present={present}
              entries={entriesOf(room)}
              acts={acts}
              onRename={(name) => act('breakouts.rename-room', { room: room.id, name })}
            />
          ))}
        </ul>
        {rooms.length > 0 && <SpeakersHere ids={speakers} people={people} present={present} acts={acts} />}
      </div>
      {/* Its buttons change with what goes on, also with the click on them. */}
      <div ref={foot} {...keptFocus}>
        {breakouts.is === 'none' ? (
          <PlanFoot
            options={plan.options}
            effect={openingEffect(lists)}
            hasRooms={rooms.length > 0}
            isLive={isLive}
            onOptions={(options) => void act('breakouts.set-options', options)}
            onDiscard={() => void act('breakouts.discard', {})}
            onOpen={() => void act('breakouts.open', {})}
          />
        ) : (
          <ManageFoot sessionId={sessionId} breakouts={breakouts} now={now} act={act} />
        )}
      </div>
    </div>
  );
}
