// Owns the scrolling list of messages. It follows the newest only while one reads the newest; otherwise nothing moves, and a button counts.
import { ArrowDown, MessageCircle } from 'lucide-react';
import { Fragment, useLayoutEffect, useRef, useState } from 'react';
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
import type { Chat } from './use-chat.ts';
import { useJump } from './use-jump.ts';

interface MessageLogProps {
  chat: Chat;
  self: string | null;
  emptyText: string;
  directory: Directory<PersonSummary>;
  mine: OwnChatState['reactions'];
  actionsOn: (message: ShownMessage) => MessageActions;
}

const nearPx = 48;

export function MessageLog({ chat, self, emptyText, directory, mine, actionsOn }: MessageLogProps) {
  const t = useTexts(chatTexts);
  const { messages, hasOlder, isLoading, loadOlder } = chat;
  const scroller = useRef<HTMLDivElement>(null);
  const last = useRef({ isAtEnd: true, firstKey: '', height: 0 });
  const [readTo, setReadTo] = useState('');
  const people = useDirectory(
    directory,
    messages.flatMap((message) => (message.mentions ? [message.author, ...message.mentions] : [message.author])),
  );
  const firstKey = messages[0]?.key ?? '';
  const lastKey = messages.at(-1)?.key ?? '';

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const { isAtEnd, firstKey: knownFirst, height } = last.current;
    // Older ones came in above: what one reads stays where it is. Browsers do this only while not scrolled to the very top.
    if (knownFirst && firstKey !== knownFirst && !isAtEnd) element.scrollTop += element.scrollHeight - height;
    else if (isAtEnd) {
      element.scrollTop = element.scrollHeight;
      setReadTo(lastKey);
    }
    last.current = { isAtEnd, firstKey, height: element.scrollHeight };
  }, [firstKey, lastKey]);

  // Names arrive, fonts load, a phone is turned: whoever reads the newest keeps reading it.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (last.current.isAtEnd) element.scrollTop = element.scrollHeight;
      last.current.height = element.scrollHeight;
    });
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
    last.current = { ...last.current, isAtEnd, height: element.scrollHeight };
    if (isAtEnd) setReadTo(lastKey);
    if (element.scrollTop < nearPx && hasOlder) void loadOlder().catch(() => undefined);
  };
  const readIndex = messages.findIndex((message) => message.key === readTo);
  const fresh = last.current.isAtEnd ? 0 : messages.slice(readIndex + 1).filter((message) => message.author !== self).length;
  const toEnd = () => {
    last.current.isAtEnd = true;
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
    scroller.current?.focus();
    setReadTo(lastKey);
  };
  const freshFrom = fresh > 0 ? messages[readIndex + 1]?.key : undefined;

  const jumpTo = useJump(chat, () => {
    last.current.isAtEnd = false;
  });
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
        onScroll={onScroll}
      >
        <div className="log-content">
          {messages.length === 0 && <EmptyState icon={MessageCircle} level={2} title={t('emptyTitle')} text={emptyText} />}
          {hasOlder && <OlderMessages isLoading={isLoading} onLoad={() => void loadOlder().catch(() => undefined)} />}
          {messages.map((message) => (
            <Fragment key={message.key}>
              {message.key === freshFrom && (
                <p className="log-new">
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
