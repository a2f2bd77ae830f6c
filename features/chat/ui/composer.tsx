// Owns the line in which one writes. What was typed and not sent survives a reload, a refusal and a lost connection.
import { SendHorizontal, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useId, useRef, useState } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { maxMessageLength } from '../contract.ts';
import type { Draft } from './draft.ts';
import { noDraft } from './draft.ts';
import { MentionList } from './mention-list.tsx';
import type { Named } from './mentions.ts';
import { findNamed, openMention, stillMeant } from './mentions.ts';
import { chatTexts } from './texts.ts';

interface ComposerProps {
  draft: Draft;
  onDraft: (draft: Draft) => void;
  /** Why one may not write now: the line stays, with the focus and the words in it. */
  silence: string | null;
  /** Those who can be mentioned, as far as their names are known; asked for when an "@" is typed. */
  findPeople: () => readonly Named[];
  /** Whose message is answered. */
  replyTo: string | null;
  onCancelReply: () => void;
  onSend: (text: string, mentions: string[]) => void;
}

export function Composer({ draft, onDraft, silence, findPeople, replyTo, onCancelReply, onSend }: ComposerProps) {
  const t = useTexts(chatTexts);
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const { text: typed, mentions: chosen } = draft;
  const [caret, setCaret] = useState<number | null>(null);
  const [index, setIndex] = useState(0);
  const tooLong = typed.trim().length - maxMessageLength;
  const mention = caret === null || silence !== null ? null : openMention(typed, caret);
  const found = mention ? findNamed(findPeople(), mention.search) : [];
  const meant = found[Math.min(index, found.length - 1)];
  const pick = (person: Named) => {
    if (!mention || caret === null) return;
    const before = `${typed.slice(0, mention.from)}@${person.name} `;
    onDraft({ text: before + typed.slice(caret), mentions: [...chosen, person] });
    setCaret(null);
    field.current?.focus();
    // After the text has been drawn; before, the field would put its caret at the end.
    requestAnimationFrame(() => field.current?.setSelectionRange(before.length, before.length));
  };
  const send = () => {
    const text = typed.trim();
    if (!text || tooLong > 0 || silence !== null) return;
    onDraft(noDraft);
    setCaret(null);
    onSend(text, stillMeant(text, chosen));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (meant && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setIndex((Math.min(index, found.length - 1) + step + found.length) % found.length);
    } else if (meant && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      pick(meant);
    } else if (event.key === 'Escape' && meant) {
      event.stopPropagation();
      setCaret(null);
    } else if (event.key === 'Escape' && replyTo !== null) onCancelReply();
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  };
  return (
    <form
      className="ask composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p id={`${id}-silence`} className="chat-note" role="status">
        {silence}
      </p>
      {replyTo !== null && (
        <p className="composer-reply">
          <span className="cut">{t('replyingTo', { name: replyTo })}</span>
          <button
            type="button"
            className="btn btn--quiet btn--s btn--icon"
            aria-label={t('cancelReply')}
            title={t('cancelReply')}
            onClick={onCancelReply}
          >
            <X className="i i--s" aria-hidden="true" />
          </button>
        </p>
      )}
      {meant && <MentionList id={id} found={found} meant={meant} onPick={pick} />}
      <textarea
        ref={field}
        className={tooLong > 0 ? 'input input--error grow' : 'input grow'}
        aria-label={t('message')}
        aria-autocomplete="list"
        aria-controls={meant ? `${id}-people` : undefined}
        aria-activedescendant={meant ? `${id}-${meant.id}` : undefined}
        placeholder={t('message')}
        rows={1}
        dir="auto"
        value={typed}
        readOnly={silence !== null}
        aria-describedby={silence !== null ? `${id}-silence` : undefined}
        onChange={(event) => {
          onDraft({ text: event.target.value, mentions: chosen });
          setCaret(event.target.selectionStart);
          setIndex(0);
        }}
        onBlur={() => setCaret(null)}
        onKeyDown={onKeyDown}
      />
      <button
        type="submit"
        className="btn btn--primary btn--icon"
        aria-label={t('send')}
        title={t('send')}
        aria-disabled={silence !== null || undefined}
      >
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
