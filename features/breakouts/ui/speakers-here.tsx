// Owns the speakers who are in no room: put into one, they lead it.
import type { Directory } from '#platform/live/client/directory.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { PeoplePills } from './people-pills.tsx';
import type { RoomActs } from './room-acts.ts';
import { breakoutsTexts } from './texts.ts';

interface SpeakersHereProps {
  ids: readonly string[];
  people: Pick<Directory<PersonSummary>, 'get'>;
  present: Readonly<Record<string, unknown>>;
  acts: RoomActs;
}

export function SpeakersHere({ ids, people, present, acts }: SpeakersHereProps) {
  const t = useTexts(breakoutsTexts);
  if (ids.length === 0) return null;
  return (
    <section className="unassigned" aria-label={t('speakers')}>
      <h3>{t('speakers')}</h3>
      <PeoplePills ids={ids} room={null} label={t('speakers')} people={people} present={present} acts={acts} />
    </section>
  );
}
