// Owns one conversation in the desk's list: who, the last words, how long they wait.
import { Avatar } from '#platform/ui/avatar.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useNow } from '#platform/ui/use-now.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { DeskConversation } from '../contract.ts';
import { waitText } from './desk-groups.ts';
import { deskTexts } from './desk-texts.ts';

interface DeskRowProps {
  one: DeskConversation;
  person: PersonSummary | null;
  self: string;
  isChosen: boolean;
  onChoose: (one: DeskConversation) => void;
}

export function DeskRow({ one, person, self, isChosen, onChoose }: DeskRowProps) {
  const t = useTexts(deskTexts);
  const now = useNow(1000);
  const name = person?.name ?? t('someone');
  const words = one.last?.text ?? '';
  const isWaiting = one.takenBy === null && one.waitingSince !== null;
  const waited = isWaiting ? waitText(now - Date.parse(one.waitingSince ?? '')) : '';
  return (
    <li aria-current={isChosen ? 'true' : undefined}>
      <button type="button" className="thread" onClick={() => onChoose(one)}>
        <Avatar person={person ?? { id: one.personId, name }} />
        <span className="who">
          <b className="cut" dir="auto">
            <bdi>{name}</bdi>
          </b>
          <span className="cut thread-words" dir="auto">
            {one.last?.author === self ? t('you', { text: words }) : words}
          </span>
        </span>
        {isWaiting && (
          <time className="tag tag--wait num" title={t('waitingFor', { duration: waited })}>
            {waited}
          </time>
        )}
        {!isWaiting && one.takenBy === self && one.unread && <span className="dot" role="img" aria-label={t('newMessage')} />}
      </button>
    </li>
  );
}
