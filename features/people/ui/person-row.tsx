// Owns one line of the People tab: who it is, what they do, and what a speaker may do about them.
import { MicOff, UserX } from 'lucide-react';
import type { CSSProperties } from 'react';
import { Avatar } from '#platform/ui/avatar.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { peopleTexts } from './texts.ts';

export interface PersonRowProps {
  id: string;
  /** Undefined while the name is on its way. */
  person: PersonSummary | undefined;
  isSelf?: boolean;
  isSupport?: boolean;
  /** On stage with the microphone off; the words are the stage's. */
  mutedLabel?: string;
  onRemove?: (person: PersonSummary) => void;
  onReadmit?: () => void;
  /** Place in a list of which only a part is drawn. */
  position?: { index: number; of: number; style: CSSProperties };
}

export function PersonRow({ id, person, isSelf, isSupport, mutedLabel, onRemove, onReadmit, position }: PersonRowProps) {
  const t = useTexts(peopleTexts);
  const name = person?.name ?? '';
  const shown = isSelf ? `${name} ${t('you')}` : name;
  const about = [person?.organisation, person?.headline].filter(Boolean).join(' · ');
  return (
    <li
      className="person"
      aria-label={shown || t('loading')}
      style={position?.style}
      aria-posinset={position && position.index + 1}
      aria-setsize={position?.of}
    >
      <Avatar person={person ?? { id, name: '' }} />
      <span className="who">
        <b className="cut" title={shown}>
          {/* The name's own direction must not move the words after it. */}
          <bdi>{name || ' '}</bdi>
          {isSelf && ` ${t('you')}`}
        </b>
        <span className="cut" dir="auto" title={about}>
          {about || ' '}
        </span>
      </span>
      {isSupport && <span className="tag">{t('support')}</span>}
      <span className="acts">
        {mutedLabel && (
          <span className="mark" role="img" aria-label={mutedLabel} title={mutedLabel}>
            <MicOff className="i i--s" aria-hidden="true" />
          </span>
        )}
        {onRemove && person && (
          <button
            type="button"
            className="btn btn--quiet btn--s btn--icon"
            aria-label={t('remove')}
            title={t('remove')}
            onClick={() => onRemove(person)}
          >
            <UserX className="i i--s" aria-hidden="true" />
          </button>
        )}
        {onReadmit && (
          <button type="button" className="btn btn--s" onClick={onReadmit}>
            {t('readmit')}
          </button>
        )}
      </span>
    </li>
  );
}
