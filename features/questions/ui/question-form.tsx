// Owns the line in which one asks. What was typed and not sent survives a reload, a refusal and a lost connection.
import { useId, useState } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { maxQuestionLength } from '../contract.ts';
import { keepDraft, recallDraft } from './question-draft.ts';
import { questionsTexts } from './texts.ts';

interface QuestionFormProps {
  sessionId: string;
  mayAskAnonymously: boolean;
  isAccented: boolean;
  /** In a dialog the field is the first thing, and has room. */
  rows?: number;
  /** Resolves to false when it was refused. */
  onAsk: (text: string, anonymous: boolean) => Promise<boolean>;
  onCancel?: () => void;
}

/** From here on one wants to know how much room is left. */
const nearLimit = 100;

export function QuestionForm({ sessionId, mayAskAnonymously, isAccented, rows = 1, onAsk, onCancel }: QuestionFormProps) {
  const t = useTexts(questionsTexts);
  const id = useId();
  const [draft, setDraft] = useState(() => recallDraft(sessionId));
  const [isTouched, setTouched] = useState(false);
  const [isSending, setSending] = useState(false);
  const anonymous = draft.anonymous && mayAskAnonymously;
  const left = maxQuestionLength - draft.text.trim().length;
  const change = (next: typeof draft) => {
    setDraft(next);
    keepDraft(sessionId, next);
  };
  const ask = async () => {
    const text = draft.text.trim();
    if (!text || left < 0 || isSending) return;
    setSending(true);
    // Nothing is lost while the answer is on its way: the words go when they have arrived.
    if (await onAsk(text, anonymous)) change({ text: '', anonymous: false });
    setSending(false);
  };
  const isOpen = isTouched || draft.text !== '' || rows > 1;
  return (
    <form
      className={rows > 1 ? 'ask-form ask-form--tall' : 'ask ask-form'}
      onFocus={() => setTouched(true)}
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      <textarea
        className={left < 0 ? 'input input--error grow' : 'input grow'}
        aria-label={t('yourQuestion')}
        aria-invalid={left < 0 || undefined}
        aria-describedby={left <= nearLimit ? `${id}-left` : undefined}
        placeholder={t('yourQuestion')}
        rows={rows}
        dir="auto"
        readOnly={isSending}
        value={draft.text}
        onChange={(event) => change({ ...draft, text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void ask();
        }}
      />
      <span className="ask-acts">
        {onCancel && (
          <button type="button" className="btn" onClick={onCancel}>
            {t('cancel')}
          </button>
        )}
        <button type="submit" className={isAccented ? 'btn btn--primary' : 'btn'} aria-busy={isSending || undefined}>
          {t('ask')}
        </button>
      </span>
      {isOpen && mayAskAnonymously && (
        <label className="check muted ask-anonymous">
          <input
            type="checkbox"
            checked={anonymous}
            onChange={(event) => change({ ...draft, anonymous: event.target.checked })}
          />
          {t('askAnonymously')}
        </label>
      )}
      {left <= nearLimit && (
        <p id={`${id}-left`} className={left < 0 ? 'error ask-left' : 'quiet ask-left'} role={left < 0 ? 'alert' : undefined}>
          {left < 0 ? t('tooLong', { count: -left }) : t('left', { count: left })}
        </p>
      )}
    </form>
  );
}
