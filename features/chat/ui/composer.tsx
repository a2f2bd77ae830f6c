// Owns the line in which one writes. What was typed and not sent survives a reload, a refusal and a lost connection.
import { SendHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { maxMessageLength } from '../contract.ts';
import { chatTexts } from './texts.ts';

interface ComposerProps {
  sessionId: string;
  /** Resolves to false when it was refused. */
  onSend: (text: string) => Promise<boolean>;
}

const key = (sessionId: string) => `stagedoor.draft.${sessionId}`;

function recallDraft(sessionId: string): string {
  try {
    return sessionStorage.getItem(key(sessionId)) ?? '';
  } catch {
    return '';
  }
}

function keepDraft(sessionId: string, draft: string): void {
  try {
    if (draft) sessionStorage.setItem(key(sessionId), draft);
    else sessionStorage.removeItem(key(sessionId));
  } catch {
    // Without storage the draft lasts until the reload.
  }
}

export function Composer({ sessionId, onSend }: ComposerProps) {
  const t = useTexts(chatTexts);
  const [draft, setDraft] = useState(() => recallDraft(sessionId));
  const tooLong = draft.trim().length - maxMessageLength;
  const change = (text: string) => {
    setDraft(text);
    keepDraft(sessionId, text);
  };
  const send = async () => {
    const text = draft.trim();
    if (!text || tooLong > 0) return;
    change('');
    // Sent while something new is being typed: then that stays, and the refusal has said why.
    if (!(await onSend(text))) setDraft((typed) => typed || text);
  };
  return (
    <form
      className="ask composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        className={tooLong > 0 ? 'input input--error grow' : 'input grow'}
        aria-label={t('message')}
        placeholder={t('message')}
        rows={1}
        dir="auto"
        value={draft}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <button type="submit" className="btn btn--primary btn--icon" aria-label={t('send')} title={t('send')}>
        <SendHorizontal className="i" aria-hidden="true" />
      </button>
      {tooLong > 0 && (
        <p className="error" role="alert">
          {t('tooLong', { count: tooLong })}
        </p>
      )}
    </form>
  );
}
