// Owns the line in which one writes to the other side. What was typed and not sent survives a reload, a refusal and a lost connection.
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { errorTextOf } from '#platform/ui/error-texts.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { maxSupportLength } from '../contract.ts';
import { supportTexts } from './texts.ts';

interface TalkComposerProps {
  /** Names the draft that is kept. */
  draftOf: string;
  onSend: (text: string) => Promise<void>;
  isDisabled?: boolean;
  /** Stands before the text, e.g. canned answers; puts words into it. */
  tools?: (insert: (text: string) => void) => ReactNode;
}

function storage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
const keyOf = (draftOf: string) => `stagedoor.support-draft.${draftOf}`;
function keep(draftOf: string, draft: string): void {
  try {
    if (draft) storage()?.setItem(keyOf(draftOf), draft);
    else storage()?.removeItem(keyOf(draftOf));
  } catch {
    // A full storage: the draft lasts until the reload.
  }
}

export function TalkComposer({ draftOf, onSend, isDisabled = false, tools }: TalkComposerProps) {
  const t = useTexts(supportTexts);
  const field = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState(() => storage()?.getItem(keyOf(draftOf)) ?? '');
  const [trouble, setTrouble] = useState<string | null>(null);
  const tooLong = draft.trim().length - maxSupportLength;
  const change = (text: string) => {
    setDraft(text);
    keep(draftOf, text);
    setTrouble(null);
  };
  const send = async () => {
    const text = draft.trim();
    if (!text || tooLong > 0 || isDisabled) return;
    change('');
    try {
      await onSend(text);
    } catch (error) {
      setTrouble(errorTextOf(error));
      setDraft((typed) => typed || text);
      keep(draftOf, field.current?.value || text);
    }
  };
  const insert = (text: string) => {
    change(draft.trim() ? `${draft.trimEnd()}\n${text}` : text);
    field.current?.focus();
  };
  return (
    <form
      className="ask talk-composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {tools?.(insert)}
      <textarea
        ref={field}
        className={tooLong > 0 ? 'input input--error grow' : 'input grow'}
        aria-label={t('message')}
        placeholder={t('message')}
        rows={1}
        dir="auto"
        value={draft}
        disabled={isDisabled}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <button type="submit" className="btn btn--primary" disabled={isDisabled}>
        {t('send')}
      </button>
      {(tooLong > 0 || trouble) && (
        <p className="error" role="alert">
          {tooLong > 0 ? t('tooLong', { count: tooLong }) : trouble}
        </p>
      )}
    </form>
  );
}
