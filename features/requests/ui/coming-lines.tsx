// Owns the lines of those who are on screen in a moment. Speakers see them with the list of requests open or closed.
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useServerNow } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { Countdown } from '../contract.ts';
import { requestsTexts } from './texts.ts';
import './requests.css';

interface ComingLinesProps {
  countdowns: readonly Countdown[];
  directory: Directory<PersonSummary>;
  serverNow: () => number;
}

export function ComingLines({ countdowns, directory, serverNow }: ComingLinesProps) {
  const t = useTexts(requestsTexts);
  const now = useServerNow(serverNow, 1000);
  const people = useDirectory(
    directory,
    countdowns.map((one) => one.person),
  );
  return countdowns.map((one) => (
    <p className="coming" key={one.timerId}>
      {t('comingSoon', {
        name: people.get(one.person)?.name ?? '',
        seconds: Math.max(0, Math.ceil((Date.parse(one.dueAt) - now) / 1000)),
      })}
    </p>
  ));
}
