// Owns the scrolling list of messages, the line where the new ones begin, and the button that counts those below. Where one stands in it is use-log-place.ts's.
import { ArrowDown, MessageCircle } from 'lucide-react';
import { Fragment } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { OwnChatState } from '../contract.ts';
import { reactionKey } from '../contract.ts';
import type { ShownMessage } from './chat-history.ts';
import type { MessageActions } from './message-row.tsx';
import { MessageRow } from './message-row.tsx';
import { OlderMessages } from './older-messages.tsx';
import { chatTexts } from './texts.ts';
import type { Seen } from './unread.ts';
import type { Chat } from './use-chat.ts';
import { useJump } from './use-jump.ts';
import { useLogPlace } from './use-log-place.ts';

interface MessageLogProps {
  chat: Chat;
  self: string | null;
  /** What had been seen when the chat was opened. */
  seenBefore: Seen;
  emptyText: string;
  directory: Directory<PersonSummary>;
  mine: OwnChatState['reactions'];
  actionsOn: (message: ShownMessage) => MessageActions;
}

export function MessageLog({ chat, self, seenBefore, emptyText, directory, mine, actionsOn }: MessageLogProps) {
  const t = useTexts(chatTexts);
  const { messages, hasOlder, isLoading, loadOlder } = chat;
  const { scroller, newLine, newFrom, fresh, toEnd, leaveEnd, noteScroll } = useLogPlace(messages, self, seenBefore);
  const people = useDirectory(
    directory,
    messages.flatMap((message) => (message.mentions ? [message.author, ...message.mentions] : [message.author])),
  );
  const jumpTo = useJump(chat, leaveEnd);
  const quoteOf = ({ channel, replyTo }: ShownMessage) => {
    if (replyTo === undefined) return undefined;
    const quoted = messages.find((one) => one.channel === channel && one.seq === replyTo);
    const name = quoted ? (quoted.author === self ? t('you') : (people.get(quoted.author)?.name ?? '')) : '';
    const text = quoted ? (quoted.deleted ? t('deleted') : quoted.text) : t('quotedEarlier');
    return { name, text, onJump: () => jumpTo(`${channel}-${replyTo}`) };
  };
  return (
    <div className="log-space">
      <div
        ref={scroller}
        className="scroll log"
        role="log"
        aria-label={t('log')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        tabIndex={0}
        onScroll={() => noteScroll() && hasOlder && void loadOlder().catch(() => undefined)}
      >
        <div className="log-content">
          {messages.length === 0 && <EmptyState icon={MessageCircle} level={2} title={t('emptyTitle')} text={emptyText} />}
          {hasOlder && <OlderMessages isLoading={isLoading} onLoad={() => void loadOlder().catch(() => undefined)} />}
          {messages.map((message) => (
            <Fragment key={message.key}>
              {message.key === newFrom && (
                <p ref={newLine} className="log-new">
                  <span>{t('newFrom')}</span>
                </p>
              )}
              <MessageRow
                message={message}
                author={people.get(message.author) ?? undefined}
                isOwn={message.author === self}
                isForMe={self !== null && message.mentions?.includes(self) === true}
                names={message.mentions?.map((id) => people.get(id)?.name ?? '') ?? []}
                mine={mine[reactionKey(message.channel, message.seq)] ?? []}
                quote={quoteOf(message)}
                {...actionsOn(message)}
              />
            </Fragment>
          ))}
        </div>
      </div>
      {fresh > 0 && (
        <button type="button" className="btn btn--primary btn--s log-fresh" onClick={toEnd}>
          <ArrowDown className="i i--s" aria-hidden="true" />
          {t('newMessages', { count: fresh })}
        </button>
      )}
    </div>
  );
}
