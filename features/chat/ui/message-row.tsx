// Owns one message: who, when, what it answers, its words, its reactions, and what one may do with it.
import { Ban, Reply, SmilePlus, Trash2 } from 'lucide-react';
import { Avatar } from '#platform/ui/avatar.tsx';
import { MenuButton } from '#platform/ui/menu-button.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { Reaction } from '../contract.ts';
import { reactions } from '../contract.ts';
import type { ShownMessage } from './chat-history.ts';
import { MessageText } from './message-text.tsx';
import { emojiOf, Reactions } from './reactions.tsx';
import { chatTexts } from './texts.ts';

export interface MessageActions {
  onReply?: (message: ShownMessage) => void;
  onReact?: (message: ShownMessage, reaction: Reaction, on: boolean) => void;
  onDelete?: (message: ShownMessage) => void;
  onBan?: (message: ShownMessage) => void;
}

interface MessageRowProps extends MessageActions {
  message: ShownMessage;
  author: PersonSummary | undefined;
  isOwn: boolean;
  isForMe: boolean;
  /** Names of those whom it mentions. */
  names: readonly string[];
  mine: readonly Reaction[];
  /** What it answers, in a line; pressing it goes there. */
  quote?: { name: string; text: string; onJump: () => void };
}

export function MessageRow(props: MessageRowProps) {
  const { message, author, isOwn, isForMe, names, mine, quote, onReply, onReact, onDelete, onBan } = props;
  const t = useTexts(chatTexts);
  const format = useFormat();
  const icon = (label: string, Icon: typeof Reply, act: (message: ShownMessage) => void) => (
    <button
      type="button"
      className="btn btn--quiet btn--s btn--icon"
      aria-label={label}
      title={label}
      onClick={() => act(message)}
    >
      <Icon className="i i--s" aria-hidden="true" />
    </button>
  );
  return (
    <div id={`message-${message.key}`} className={isForMe ? 'msg msg--me' : 'msg'} tabIndex={-1}>
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
          {isForMe && <span className="sr">{t('mentionsYou')}</span>}
        </p>
        {quote && !message.deleted && (
          <button
            type="button"
            className="msg-quote"
            aria-label={t('quoted', { name: quote.name, text: quote.text })}
            onClick={quote.onJump}
          >
            <b>
              <bdi>{quote.name}</bdi>
            </b>{' '}
            <span dir="auto">{quote.text}</span>
          </button>
        )}
        {message.deleted ? <p className="quiet">{t('deleted')}</p> : <MessageText text={message.text} names={names} />}
        {message.reactions && (
          <Reactions
            counts={message.reactions}
            mine={mine}
            onPress={onReact && ((reaction, on) => onReact(message, reaction, on))}
          />
        )}
      </div>
      {!message.deleted && (onReply || onReact || onDelete || onBan) && (
        <span className="msg-acts">
          {onReact && (
            <MenuButton
              label={t('react')}
              title={t('react')}
              className="btn btn--quiet btn--s btn--icon"
              entries={reactions.map((reaction) => ({
                id: reaction,
                label: `${emojiOf[reaction]} ${t(`reaction-${reaction}`)}`,
                checked: mine.includes(reaction),
                onAction: () => onReact(message, reaction, !mine.includes(reaction)),
              }))}
            >
              <SmilePlus className="i i--s" aria-hidden="true" />
            </MenuButton>
          )}
          {onReply && icon(t('reply'), Reply, onReply)}
          {onBan && icon(t('ban'), Ban, onBan)}
          {onDelete && icon(t('delete'), Trash2, onDelete)}
        </span>
      )}
    </div>
  );
}
