// Owns the scrolling list of messages. It follows the newest only while one reads the newest; otherwise nothing moves, and a button counts.
import { ArrowDown, MessageCircle } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { ShownMessage } from './chat-history.ts';
import { MessageRow } from './message-row.tsx';
import { chatTexts } from './texts.ts';
import type { Chat } from './use-chat.ts';

interface MessageLogProps {
  chat: Chat;
  self: string | null;
  emptyText: string;
  directory: Directory<PersonSummary>;
  mayDelete: (message: ShownMessage) => boolean;
  onDelete: (message: ShownMessage) => void;
}

const nearPx = 48;

export function MessageLog({ chat, self, emptyText, directory, mayDelete, onDelete }: MessageLogProps) {
  const t = useTexts(chatTexts);
  const { messages, hasOlder, isLoading, loadOlder } = chat;
  const scroller = useRef<HTMLDivElement>(null);
  const last = useRef({ isAtEnd: true, firstKey: '', height: 0 });
  const [readTo, setReadTo] = useState('');
  const people = useDirectory(
    directory,
    messages.map((message) => message.author),
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
          {messages.length === 0 && <EmptyState icon={MessageCircle} level={3} title={t('emptyTitle')} text={emptyText} />}
          {hasOlder && (
            <p className="log-older">
              {isLoading ? (
                <>
                  <Spinner /> {t('loadingOlder')}
                </>
              ) : (
                <button type="button" className="btn btn--quiet btn--s" onClick={() => void loadOlder().catch(() => undefined)}>
                  {t('older')}
                </button>
              )}
            </p>
          )}
          {messages.map((message) => (
            <MessageRow
              key={message.key}
              message={message}
              author={people.get(message.author) ?? undefined}
              isOwn={message.author === self}
              onDelete={mayDelete(message) ? onDelete : undefined}
            />
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
