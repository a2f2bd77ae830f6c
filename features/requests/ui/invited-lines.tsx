// Owns the lines of those who are invited to the stage and have not answered, each with the way to take it back.
import { useId } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { Invitation } from '../contract.ts';
import { requestsTexts } from './texts.ts';

interface InvitedLinesProps {
  invitations: readonly Invitation[];
  directory: Directory<PersonSummary>;
  onTakeBack: (person: string) => void;
}

export function InvitedLines({ invitations, directory, onTakeBack }: InvitedLinesProps) {
  const t = useTexts(requestsTexts);
  const id = useId();
  const people = useDirectory(
    directory,
    invitations.map((one) => one.person),
  );
  if (invitations.length === 0) return null;
  return (
    <>
      <h3 id={id} className="muted">
        {t('invited')}
      </h3>
      <ul className="invited" aria-labelledby={id}>
        {invitations.map(({ person }) => {
          const name = people.get(person)?.name ?? '';
          return (
            <li key={person} aria-label={name || ' '}>
              <span className="cut" dir="auto" title={name}>
                <bdi>{name}</bdi>
              </span>
              <button
                type="button"
                className="btn btn--quiet btn--s"
                aria-label={t('takeBack')}
                title={t('takeBack')}
                onClick={() => onTakeBack(person)}
              >
                {t('takeBackShort')}
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
