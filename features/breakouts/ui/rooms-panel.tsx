// Owns the panel "Breakout Rooms": the plan before the opening, and the rooms while they are open.
import { LayoutGrid } from 'lucide-react';
import { useMemo } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useServerNow } from '#platform/live/client/use-live.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import type { MenuEntry } from '#platform/ui/menu-entries.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { AssignmentKind, BreakoutsPlanState, BreakoutsState } from '../contract.ts';
import { ManageFoot } from './manage-foot.tsx';
import { ParticipantSearch } from './participant-search.tsx';
import { PlanFoot } from './plan-foot.tsx';
import type { Act } from './room-acts.ts';
import { useRoomActs } from './room-acts.ts';
import { RoomCard } from './room-card.tsx';
import { companiesOf, openingEffect, roomLists } from './room-lists.ts';
import { RoomsHead } from './rooms-head.tsx';
import { breakoutsTexts } from './texts.ts';
import { UnassignedPeople } from './unassigned-people.tsx';
import './breakouts.css';

export interface RoomsPanelProps {
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

export function RoomsPanel({ breakouts, plan, present, support, isLive, directory, serverNow, act }: RoomsPanelProps) {
  const t = useTexts(breakoutsTexts);
  const now = useServerNow(serverNow, 1000);
  const lists = useMemo(() => roomLists(breakouts, plan, present, support), [breakouts, plan, present, support]);
  const { isOpen, rooms, unassigned, movable } = lists;
  const people = useDirectory(directory, movable);
  const known = movable.flatMap((id) => people.get(id) ?? []);
  const companies = companiesOf(known);
  const acts = useRoomActs(rooms, t(isOpen ? 'mainCall' : 'stays'), act);
  const kinds: AssignmentKind[] = ['even'];
  if (companies.some((group) => group.length > 1)) kinds.push('mixed', 'together');
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
  const entriesOf = (room: string): MenuEntry[] =>
    isOpen
      ? [
          { id: 'go', label: t('goThere'), onAction: () => void act('breakouts.go', { room }) },
          { id: 'close', label: t('closeRoom'), danger: true, onAction: () => void act('breakouts.close-room', { room }) },
        ]
      : [{ id: 'remove', label: t('removeRoom'), danger: true, onAction: () => void act('breakouts.remove-room', { room }) }];
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
      {rooms.length === 0 ? (
        <EmptyState icon={LayoutGrid} level={3} title={t('emptyTitle')} text={t('emptyText')} />
      ) : (
        <>
          <ParticipantSearch
            people={known}
            placesFor={(person) => acts.placesFor(roomOf(person), (to) => acts.move(person, to))}
          />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
          <div className="scroll rooms-scroll" tabIndex={0}>
            <UnassignedPeople ids={unassigned} isOpen={isOpen} people={people} present={present} acts={acts} />
            <ul className="rooms-list">
              {rooms.map((room) => (
                <RoomCard
                  key={room.id}
                  room={room}
                  people={people}
                  present={present}
                  entries={entriesOf(room.id)}
                  acts={acts}
                  onRename={(name) => act('breakouts.rename-room', { room: room.id, name })}
                />
              ))}
            </ul>
          </div>
        </>
      )}
      {breakouts.is === 'none' ? (
        <PlanFoot
          options={plan.options}
          effect={openingEffect(lists, present)}
          hasRooms={rooms.length > 0}
          isLive={isLive}
          onOptions={(options) => void act('breakouts.set-options', options)}
          onOpen={() => void act('breakouts.open', {})}
        />
      ) : (
        <ManageFoot breakouts={breakouts} now={now} act={act} />
      )}
    </div>
  );
}
