// Owns the messages of a conversation: oldest above, plain text with clickable addresses, following the newest while one reads it.
import { useLayoutEffect, useRef } from 'react';
import { linkify } from '#platform/ui/linkify.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { SupportMessage } from '../contract.ts';
import { supportTexts } from './texts.ts';

interface TalkLogProps {
  messages: readonly SupportMessage[];
  /** Whose messages stand at the end of the line. */
  isMine: (author: string) => boolean;
  nameOf: (author: string) => string;
  children?: React.ReactNode;
}

const nearPx = 48;
/** After a pause this long, the time is said again. */
const pauseMs = 10 * 60_000;

export function TalkLog({ messages, isMine, nameOf, children }: TalkLogProps) {
  const t = useTexts(supportTexts);
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const lastSeq = messages.at(-1)?.seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message is what moves the end.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [lastSeq]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const today = format.day(new Date().toISOString());
  const when = (iso: string) => {
    const day = format.day(iso);
    return day === today ? t('today', { time: format.time(iso) }) : t('daytime', { day, time: format.time(iso) });
  };
  return (
    <div
      ref={scroller}
      className="scroll talk-log"
      role="log"
      aria-label={t('log')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
      tabIndex={0}
      onScroll={({ currentTarget: at }) => {
        isAtEnd.current = at.scrollHeight - at.scrollTop - at.clientHeight < nearPx;
      }}
    >
      {children}
      {messages.map((message, index) => {
        const before = messages[index - 1];
        const isLater = !before || Date.parse(message.at) - Date.parse(before.at) > pauseMs;
        const mine = isMine(message.author);
        const isOther = !mine && before?.author !== message.author;
        return (
          <div key={message.seq} className={mine ? 'talk-row talk-row--me' : 'talk-row'}>
            {isLater && <p className="talk-when quiet">{when(message.at)}</p>}
            <p className={isOther ? 'talk-name quiet' : 'sr'}>
              <bdi>{mine ? t('you') : nameOf(message.author)}</bdi>
            </p>
            <p className={mine ? 'bubble bubble--me' : 'bubble'} dir="auto">
              {message.text === '' && <em>{t('erased')}</em>}
              {linkify(message.text).map((part, place) =>
                part.href ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places.
                  <a key={place} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
                    {part.text}
                  </a>
                ) : (
                  part.text
                ),
              )}
            </p>
            {message.shared && <p className="talk-shared quiet">{t('sharedNote')}</p>}
          </div>
        );
      })}
    </div>
  );
}
