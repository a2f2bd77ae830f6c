// Owns one line of the People tab: who it is, what they do, and beside it what a speaker may do about them.
import { MessageSquareOff, MicOff } from 'lucide-react';
import type { CSSProperties } from 'react';
import { Avatar } from '#platform/ui/avatar.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { PossibleActs } from './person-acts.tsx';
import { PersonActs } from './person-acts.tsx';
import { peopleTexts } from './texts.ts';

/** Where somebody is on the way to the stage; only speakers know. */
export type OnTheWay = 'asks' | 'invited' | 'coming';

export interface PersonRowProps {
  id: string;
  /** Names the row where a person may stand in another list at another time. */
  rowKey?: string;
  /** Undefined while the name is on its way. */
  person: PersonSummary | undefined;
  isSelf?: boolean;
  isSupport?: boolean;
  isBanned?: boolean;
  onTheWay?: OnTheWay;
  /** The breakout room where they are. */
  roomName?: string;
  /** On stage with the microphone off; the words are the stage's. */
  mutedLabel?: string;
  acts?: PossibleActs;
  /** Only keeps the place of somebody who left the group, while the list must not move. */
  gone?: 'left' | 'elsewhere';
  /** Place in a list of which only a part is drawn. */
  position?: { index: number; of: number; style: CSSProperties };
}

export function PersonRow(props: PersonRowProps) {
  const { id, rowKey, person, isSelf, isSupport, isBanned, onTheWay, roomName, mutedLabel, acts, gone, position } = props;
  const t = useTexts(peopleTexts);
  const name = person?.name ?? '';
  const shown = isSelf ? `${name} ${t('you')}` : name;
  const about = [person?.organisation, person?.headline].filter(Boolean).join(' · ');
  return (
    <li
      className={gone ? 'person person--gone' : 'person'}
      data-person={gone ? undefined : (rowKey ?? id)}
      aria-hidden={gone && true}
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
      {gone === 'left' && <span className="tag">{t('left')}</span>}
      {isSupport && <span className="tag">{t('support')}</span>}
      {roomName && (
        <span className="tag person-room" title={roomName}>
          <span className="cut" dir="auto">
            {roomName}
          </span>
        </span>
      )}
      {onTheWay && <span className={onTheWay === 'asks' ? 'tag tag--wait' : 'tag'}>{t(onTheWay)}</span>}
      <span className="acts">
        {isBanned && (
          <span className="mark" role="img" aria-label={t('banned')} title={t('banned')}>
            <MessageSquareOff className="i i--s" aria-hidden="true" />
          </span>
        )}
        {mutedLabel && (
          <span className="mark" role="img" aria-label={mutedLabel} title={mutedLabel}>
            <MicOff className="i i--s" aria-hidden="true" />
          </span>
        )}
        {acts && person && <PersonActs person={person} acts={acts} isTight={Boolean(onTheWay || isSupport || roomName)} />}
      </span>
    </li>
  );
}
