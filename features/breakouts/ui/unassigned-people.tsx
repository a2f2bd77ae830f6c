// Owns those who are in no room: before the opening nobody has assigned them, while rooms are open they are in the main call.
import type { Directory } from '#platform/live/client/directory.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { useDropPlace } from './drop-place.ts';
import { PeoplePills } from './people-pills.tsx';
import type { RoomActs } from './room-acts.ts';
import { breakoutsTexts } from './texts.ts';

interface UnassignedPeopleProps {
  ids: readonly string[];
  isOpen: boolean;
  people: Pick<Directory<PersonSummary>, 'get'>;
  present: Readonly<Record<string, unknown>>;
  acts: RoomActs;
}

export function UnassignedPeople({ ids, isOpen, people, present, acts }: UnassignedPeopleProps) {
  const t = useTexts(breakoutsTexts);
  const { isTarget, handlers } = useDropPlace(acts, null, !ids.includes(acts.dragged ?? ''));
  const title = t(isOpen ? 'inMainCall' : 'unassigned');
  const dragged = acts.dragged && people.get(acts.dragged)?.name;
  const isEmpty = Object.keys(present).every((person) => present[person] === 'speaker');
  return (
    <section className={isTarget ? 'unassigned room--target' : 'unassigned'} aria-label={title} {...handlers}>
      <h3>
        {title} {ids.length > 0 && <span className="badge badge--wait num">{ids.length}</span>}
      </h3>
      {isTarget && dragged && <p className="room-drop">{t('dropOut', { name: dragged })}</p>}
      {ids.length > 0 ? (
        <PeoplePills ids={ids} room={null} label={title} people={people} present={present} acts={acts} />
      ) : (
        <p className="quiet">{t(isEmpty ? 'nobodyHere' : 'everybodyAssigned')}</p>
      )}
    </section>
  );
}
