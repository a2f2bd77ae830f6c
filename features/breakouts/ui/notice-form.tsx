// Owns writing to all rooms at once.
import { Megaphone } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import { longestNotice } from '../contract.ts';
import { keepNotice, recallNotice } from './notice-draft.ts';
import type { Act } from './room-acts.ts';
import { breakoutsTexts } from './texts.ts';

export function NoticeForm({ sessionId, act }: { sessionId: string; act: Act }) {
  const t = useTexts(breakoutsTexts);
  const [text, setText] = useState(() => recallNotice(sessionId));
  const [isOpen, setOpen] = useState(text !== '');
  const opener = useRef<HTMLButtonElement>(null);
  const isOpened = useRef(false);
  /** The form was closed by the person: the focus goes to what opens it again. */
  const isLeft = useRef(false);
  useEffect(() => {
    if (isOpen || !isLeft.current) return;
    isLeft.current = false;
    opener.current?.focus({ preventScroll: true });
  }, [isOpen]);
  const leave = () => {
    isLeft.current = true;
    setOpen(false);
  };
  const write = (typed: string) => {
    setText(typed);
    keepNotice(sessionId, typed);
  };
  if (!isOpen) {
    return (
      <button
        ref={opener}
        type="button"
        className="btn btn--wide"
        onClick={() => {
          isOpened.current = true;
          setOpen(true);
        }}
      >
        <Megaphone className="i i--s" aria-hidden="true" />
        {t('messageAll')}
      </button>
    );
  }
  const send = async () => {
    if (text.trim() === '' || !(await act('breakouts.message-all', { text }))) return;
    write('');
    leave();
    showToast({ tone: 'done', title: t('sent') });
  };
  return (
    <form
      className="notice-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        className="input"
        rows={2}
        maxLength={longestNotice}
        aria-label={t('messageText')}
        placeholder={t('messageHint')}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: it was opened to be written in; what was left in it before asks for nothing.
        autoFocus={isOpened.current}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          leave();
        }}
      />
      <span className="row">
        <button type="button" className="btn btn--s" onClick={leave}>
          {t('cancel')}
        </button>
        <button type="submit" className="btn btn--primary btn--s">
          {t('send')}
        </button>
      </span>
    </form>
  );
}
