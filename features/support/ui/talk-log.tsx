// Owns the messages of a conversation: oldest above, plain text with clickable addresses, following the newest while one reads it.
import { useLayoutEffect, useRef } from 'react';
import { linkify } from '#platform/ui/linkify.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import { supportTexts } from './texts.ts';
import type { WholeTalk } from './use-whole-talk.ts';

interface TalkLogProps {
  talk: WholeTalk;
  /** Whose messages stand at the end of the line. */
  isMine: (author: string) => boolean;
  nameOf: (author: string) => string;
  children?: React.ReactNode;
}

const nearPx = 48;
/** After a pause this long, the time is said again. */
const pauseMs = 10 * 60_000;

export function TalkLog({ talk, isMine, nameOf, children }: TalkLogProps) {
  const t = useTexts(supportTexts);
  const format = useFormat();
  const { messages, hasOlder, isLoading, loadOlder } = talk;
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const last = useRef({ first: messages[0]?.seq, height: 0 });
  const firstSeq = messages[0]?.seq;
  const lastSeq = messages.at(-1)?.seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: new and older messages are what moves places.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (firstSeq === undefined) return;
    if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    // Older ones came in above: what one reads stays where it is.
    else if (firstSeq !== last.current.first) element.scrollTop += element.scrollHeight - last.current.height;
    last.current = { first: firstSeq, height: element.scrollHeight };
  }, [firstSeq, lastSeq]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      // Words about an empty conversation are read from their beginning.
      if (isAtEnd.current && last.current.first !== undefined) element.scrollTop = element.scrollHeight;
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
        last.current.height = at.scrollHeight;
        if (at.scrollTop < nearPx && hasOlder) loadOlder();
      }}
    >
      {children}
      {hasOlder && (
        <p className="talk-older quiet">
          {isLoading ? (
            t('loadingOlder')
          ) : (
            <button type="button" className="btn btn--quiet btn--s" onClick={loadOlder}>
              {t('older')}
            </button>
          )}
        </p>
      )}
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
