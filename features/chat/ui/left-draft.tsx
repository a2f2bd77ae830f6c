// Owns the line that offers what was typed in a breakout room and not sent before one left it: it goes nowhere by itself.
import { X } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import { chatTexts } from './texts.ts';

interface LeftDraftProps {
  text: string;
  onTake: () => void;
  onDiscard: () => void;
}

export function LeftDraft({ text, onTake, onDiscard }: LeftDraftProps) {
  const t = useTexts(chatTexts);
  return (
    <p className="composer-reply left-draft">
      <span className="cut" title={text}>
        {t('leftDraft', { text })}
      </span>
      <button type="button" className="btn btn--quiet btn--s" onClick={onTake}>
        {t('takeDraft')}
      </button>
      <button
        type="button"
        className="btn btn--quiet btn--s btn--icon"
        aria-label={t('discardDraft')}
        title={t('discardDraft')}
        onClick={onDiscard}
      >
        <X className="i i--s" aria-hidden="true" />
      </button>
    </p>
  );
}
