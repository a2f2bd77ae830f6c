// Owns what a screen reader is told of requests: who has asked, and who asks no longer without a speaker's doing.
import type { SettledRequest, WaitingRequest } from '#features/requests/contract.ts';
import { requestsTexts } from '#features/requests/ui/texts.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useLanguage, useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { useNewRequests } from './requests-memory.ts';
import type { SessionEngine } from './session-engine.ts';

interface RequestNewsLineProps {
  engine: SessionEngine;
  directory: Directory<PersonSummary>;
  waiting: readonly WaitingRequest[];
  settled: readonly SettledRequest[];
}

export function RequestNewsLine({ engine, directory, waiting, settled }: RequestNewsLineProps) {
  const t = useTexts(requestsTexts);
  const language = useLanguage();
  const { turn, persons } = useNewRequests(engine, waiting);
  const people = useDirectory(directory, persons);
  const isGone = (person: string) =>
    settled.some((one) => one.person === person && (one.how === 'withdrawn' || one.how === 'lapsed'));
  const gone = persons.filter(isGone);
  const told = gone.length > 0 ? gone : persons;
  const names = told.flatMap((person) => people.get(person)?.name ?? []);
  const isKnown = names.length === told.length && names.length > 0;
  const list = new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
  return (
    <p className="sr" role="status">
      {isKnown && (
        <span key={turn}>{t(gone.length > 0 ? 'noLongerAsks' : 'newRequest', { count: names.length, names: list })}</span>
      )}
    </p>
  );
}
