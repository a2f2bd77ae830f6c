// Owns the vote: pressed when it is mine, its visible text the count. It answers the press at once, and the state has the last word.
import { ChevronUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import { questionsTexts } from './texts.ts';

interface VoteButtonProps {
  votes: number;
  isMine: boolean;
  /** Resolves to false when it was refused. */
  onVote: (up: boolean) => Promise<boolean>;
}

export function VoteButton({ votes, isMine, onVote }: VoteButtonProps) {
  const t = useTexts(questionsTexts);
  const format = useFormat();
  const [wanted, setWanted] = useState<boolean | null>(null);
  useEffect(() => setWanted((now) => (now === isMine ? null : now)), [isMine]);
  const isPressed = wanted ?? isMine;
  const count = Math.max(0, votes + Number(isPressed) - Number(isMine));
  const press = async () => {
    const up = !isPressed;
    setWanted(up === isMine ? null : up);
    if (!(await onVote(up))) setWanted(null);
  };
  return (
    <button
      type="button"
      className="vote"
      aria-label={t('upVote', { count })}
      aria-pressed={isPressed}
      onClick={() => void press()}
    >
      <ChevronUp className="i i--s" aria-hidden="true" />
      {format.number(count)}
    </button>
  );
}
