// Owns the reactions under a message: who gave how many is counted, mine are pressed.
import { useTexts } from '#platform/ui/texts.ts';
import type { Reaction, ReactionCounts } from '../contract.ts';
import { reactions } from '../contract.ts';
import { chatTexts } from './texts.ts';

export const emojiOf: Record<Reaction, string> = {
  'thumbs-up': '👍',
  heart: '❤️',
  laugh: '😂',
  clap: '👏',
  party: '🎉',
  wow: '😮',
};

interface ReactionsProps {
  counts: ReactionCounts;
  mine: readonly Reaction[];
  /** Absent where one can only look. */
  onPress?: (reaction: Reaction, on: boolean) => void;
}

export function Reactions({ counts, mine, onPress }: ReactionsProps) {
  const t = useTexts(chatTexts);
  return (
    <p className="msg-reactions">
      {reactions.map((reaction) => {
        const count = counts[reaction];
        if (!count) return null;
        const isMine = mine.includes(reaction);
        return (
          <button
            key={reaction}
            type="button"
            className="reaction"
            aria-pressed={isMine}
            aria-label={`${t(`reaction-${reaction}`)}, ${count}`}
            title={t(`reaction-${reaction}`)}
            disabled={!onPress}
            onClick={() => onPress?.(reaction, !isMine)}
          >
            <span aria-hidden="true">{emojiOf[reaction]}</span> <span className="num">{count}</span>
          </button>
        );
      })}
    </p>
  );
}
