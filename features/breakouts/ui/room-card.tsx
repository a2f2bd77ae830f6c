// Owns one room in the panel: its name to be edited, who is in it, and what can be done with it.

import { ChevronRight, CornerDownRight, Ellipsis, Hand } from 'lucide-react';
import { useId, useState } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { MenuButton } from '#platform/ui/menu-button.tsx';
import type { MenuEntry } from '#platform/ui/menu-entries.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { longestRoomName } from '../contract.ts';
import { useDropPlace } from './drop-place.ts';
import { PeoplePills } from './people-pills.tsx';
import type { RoomActs } from './room-acts.ts';
import type { ShownRoom } from './room-lists.ts';
import { breakoutsTexts } from './texts.ts';

/** So many people stand open by themselves; more are a line until they are asked for. */
const fewPeople = 3;

interface RoomCardProps {
  room: ShownRoom;
  people: Pick<Directory<PersonSummary>, 'get'>;
  present: Readonly<Record<string, unknown>>;
  entries: readonly MenuEntry[];
  acts: RoomActs;
  /** Resolves to whether the name was taken. */
  onRename: (name: string) => Promise<boolean>;
}

export function RoomCard({ room, people, present, entries, acts, onRename }: RoomCardProps) {
  const t = useTexts(breakoutsTexts);
  const [isWanted, setWanted] = useState<boolean | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const id = useId();
  const isUnfolded = isWanted ?? room.members.length <= fewPeople;
  const count = room.here === room.members.length ? room.here : t('hereOf', { here: room.here, all: room.members.length });
  const { isTarget, handlers } = useDropPlace(acts, room.id, !room.isClosing && !room.members.includes(acts.dragged ?? ''));
  const rename = async () => {
    const name = typed?.trim();
    if (name && name !== room.name) await onRename(name);
    setTyped(null);
  };
  const names = room.members.map((person) => people.get(person)?.name ?? '').filter(Boolean);
  const dragged = acts.dragged && people.get(acts.dragged)?.name;
  return (
    <li className={isTarget ? 'room room--target' : 'room'} {...handlers}>
      <header>
        <button
          type="button"
          className="twist"
          aria-expanded={isUnfolded}
          aria-controls={id}
          aria-label={t('peopleIn', { room: room.name })}
          onClick={() => setWanted(!isUnfolded)}
        >
          <ChevronRight className="i i--s" aria-hidden="true" />
        </button>
        <input
          className="room-name"
          value={typed ?? room.name}
          aria-label={t('nameOf', { room: room.name })}
          maxLength={longestRoomName}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => void rename()}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
            if (event.key !== 'Escape') return;
            // Takes back what was typed; the sheet stays open.
            event.preventDefault();
            setTyped(null);
          }}
        />
        {room.asksForHelp && <Hand className="i i--s help-mark" role="img" aria-label={t('chipHelp')} />}
        <span className="quiet num">{count}</span>
        {entries.length > 0 && (
          <MenuButton
            label={t('moreFor', { room: room.name })}
            title={t('moreFor', { room: room.name })}
            className="btn btn--quiet btn--s btn--icon"
            entries={entries}
          >
            <Ellipsis className="i i--s" aria-hidden="true" />
          </MenuButton>
        )}
      </header>
      <div id={id} className="room-inside">
        {isUnfolded && room.members.length > 0 ? (
          <PeoplePills
            ids={room.members}
            room={room.id}
            label={t('peopleIn', { room: room.name })}
            people={people}
            present={present}
            acts={acts}
          />
        ) : (
          <p className="room-people cut" dir="auto">
            {names.join(', ') || t('emptyRoom')}
          </p>
        )}
        {/* Over what is there, not in place of it: a drop counts only where nothing changed below the pointer. */}
        {isTarget && dragged && (
          <p className="room-drop">
            <CornerDownRight className="i i--s" aria-hidden="true" />
            {t('dropHere', { name: dragged })}
          </p>
        )}
      </div>
    </li>
  );
}
