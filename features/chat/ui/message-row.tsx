// Owns one message: who, when, its words with links that open safely, and how to delete it.
import { Trash2 } from 'lucide-react';
import { Avatar } from '#platform/ui/avatar.tsx';
import { linkify } from '#platform/ui/linkify.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { ShownMessage } from './chat-history.ts';
import { chatTexts } from './texts.ts';

interface MessageRowProps {
  message: ShownMessage;
  author: PersonSummary | undefined;
  isOwn: boolean;
  /** Absent where one may not. */
  onDelete?: (message: ShownMessage) => void;
}

export function MessageRow({ message, author, isOwn, onDelete }: MessageRowProps) {
  const t = useTexts(chatTexts);
  const format = useFormat();
  return (
    <div className="msg">
      <Avatar person={author ?? { id: message.author, name: '' }} />
      <div className="msg-words">
        <p className="msg-head">
          <b dir="auto">
            <bdi>{isOwn ? t('you') : (author?.name ?? ' ')}</bdi>
          </b>
          <time className="when num" dateTime={message.at}>
            {format.time(message.at)}
          </time>
          {message.channel === 'backstage' && <span className="tag tag--accent">{t('backstage')}</span>}
        </p>
        {message.deleted ? (
          <p className="quiet">{t('deleted')}</p>
        ) : (
          <p className="msg-text" dir="auto">
            {linkify(message.text).map((part, index) =>
              part.href ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a message never change.
                <a key={index} href={part.href} target="_blank" rel="noopener noreferrer" title={t('opensElsewhere')}>
                  {part.text}
                </a>
              ) : (
                part.text
              ),
            )}
          </p>
        )}
      </div>
      {onDelete && !message.deleted && (
        <button
          type="button"
          className="btn btn--quiet btn--s btn--icon msg-delete"
          aria-label={t('delete')}
          title={t('delete')}
          onClick={() => onDelete(message)}
        >
          <Trash2 className="i i--s" aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
