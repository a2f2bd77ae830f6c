// Owns the demo people on the sign-in page: one click each. The server lists them only where demo is on.
import { useQuery } from '@tanstack/react-query';
import { Avatar } from '#platform/ui/avatar.tsx';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { demoPeopleQuery } from './me.ts';
import { accountsTexts } from './texts.ts';
import type { SignInRequest } from './use-sign-in.ts';

interface DemoPeopleProps {
  /** The request under way, if any. */
  pending: SignInRequest | undefined;
  onSignIn: (request: SignInRequest) => void;
}

export function DemoPeople({ pending, onSignIn }: DemoPeopleProps) {
  const t = useTexts(accountsTexts);
  const { data } = useQuery(demoPeopleQuery);
  if (!data?.people.length) return null;
  return (
    <>
      <div className="or">
        <span>{t('demoOr')}</span>
      </div>
      <ul className="demo">
        {data.people.map(({ kind, person }) => (
          <li key={kind}>
            {pending?.body.kind === kind ? <Spinner /> : <Avatar person={person} />}
            <span className="who">
              <button
                type="button"
                aria-label={t('signInAs', { role: t(`role-${kind}`) })}
                onClick={() => pending || onSignIn({ path: 'demo-sign-in', body: { kind } })}
              >
                {t(`short-${kind}`)}
              </button>
              <bdi className="cut">{person.name}</bdi>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
