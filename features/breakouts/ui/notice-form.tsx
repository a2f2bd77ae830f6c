// Owns writing to all rooms at once.
import { Megaphone } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import { longestNotice } from '../contract.ts';
import type { Act } from './room-acts.ts';
import { breakoutsTexts } from './texts.ts';

export function NoticeForm({ act }: { act: Act }) {
  const t = useTexts(breakoutsTexts);
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  if (!isOpen) {
    return (
      <button type="button" className="btn btn--wide" onClick={() => setOpen(true)}>
        <Megaphone className="i i--s" aria-hidden="true" />
        {t('messageAll')}
      </button>
    );
  }
  const send = async () => {
    if (text.trim() === '' || !(await act('breakouts.message-all', { text }))) return;
    setText('');
    setOpen(false);
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
        // biome-ignore lint/a11y/noAutofocus: it was opened to be written in.
        autoFocus
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          setOpen(false);
        }}
      />
      <span className="row">
        <button type="button" className="btn btn--s" onClick={() => setOpen(false)}>
          {t('cancel')}
        </button>
        <button type="submit" className="btn btn--primary btn--s">
          {t('send')}
        </button>
      </span>
    </form>
  );
}
