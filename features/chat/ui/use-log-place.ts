// Owns where one stands in the messages: it follows the newest while one reads it, otherwise nothing moves; where "New" begins, and how many wait below.
import type { RefObject } from 'react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ShownMessage } from './chat-history.ts';
import type { Seen } from './unread.ts';
import { isNewSince } from './unread.ts';

const nearPx = 48;

export interface LogPlace {
  scroller: RefObject<HTMLDivElement | null>;
  /** The message above which "New" stands, until one leaves the chat or reads further. */
  newFrom: string | undefined;
  /** The line "New" itself, for whoever draws it. */
  newLine: RefObject<HTMLParagraphElement | null>;
  /** How many by others wait below. */
  fresh: number;
  toEnd(): void;
  /** One goes to read elsewhere. */
  leaveEnd(): void;
  /** Takes note of a scroll; true near the very top. */
  noteScroll(): boolean;
}

interface Place {
  isAtEnd: boolean;
  firstKey: string;
  lastKey: string;
  height: number;
}

/** Names arrive, fonts load, a phone is turned: whoever reads the newest keeps reading it. */
function useFollowedEnd(scroller: RefObject<HTMLDivElement | null>, last: RefObject<Place>): void {
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
  }, [scroller, last]);
}

export function useLogPlace(messages: readonly ShownMessage[], self: string | null, seenBefore: Seen): LogPlace {
  const scroller = useRef<HTMLDivElement>(null);
  const newLine = useRef<HTMLParagraphElement>(null);
  const last = useRef<Place>({ isAtEnd: true, firstKey: '', lastKey: '', height: 0 });
  const [readTo, setReadTo] = useState('');
  const [later, setLater] = useState<string>();
  const look = () => ({ seenBefore, hasNew: messages.some((one) => isNewSince(seenBefore, one, self)) });
  const [opened, setOpened] = useState(look);
  if (opened.seenBefore !== seenBefore) {
    setOpened(look());
    setLater(undefined);
  }
  const firstKey = messages[0]?.key ?? '';
  const lastKey = messages.at(-1)?.key ?? '';
  const below = last.current.isAtEnd ? [] : messages.slice(messages.findIndex((one) => one.key === readTo) + 1);
  const fresh = below.filter((one) => one.author !== self);
  const freshFrom = fresh[0]?.key;
  useEffect(() => {
    if (freshFrom) setLater(freshFrom);
  }, [freshFrom]);
  const firstNew = opened.hasNew ? messages.find((one) => isNewSince(seenBefore, one, self))?.key : undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: messages are looked at when the first or the last is another.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const { firstKey: knownFirst, lastKey: knownLast, height } = last.current;
    const arrived = messages.slice(messages.findIndex((one) => one.key === knownLast) + 1);
    // What one has just sent, one wants to see.
    const isAtEnd = last.current.isAtEnd || (knownLast !== '' && arrived.some((one) => one.author === self));
    // Older ones came in above: what one reads stays where it is. Browsers do this only while not scrolled to the very top.
    if (knownFirst && firstKey !== knownFirst && !isAtEnd) element.scrollTop += element.scrollHeight - height;
    else if (isAtEnd) {
      element.scrollTop = element.scrollHeight;
      setReadTo(lastKey);
    }
    last.current = { isAtEnd, firstKey, lastKey, height: element.scrollHeight };
  }, [firstKey, lastKey]);

  // One begins to read where the new ones begin. After the effect above, which goes to the end.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the opening moves anything.
  useLayoutEffect(() => {
    const [element, line] = [scroller.current, newLine.current];
    if (!element || !line || !firstNew) return;
    const above = line.getBoundingClientRect().top - element.getBoundingClientRect().top;
    if (above >= 0) return;
    element.scrollTop += above;
    last.current.isAtEnd = false;
    setReadTo(messages[messages.findIndex((one) => one.key === firstNew) - 1]?.key ?? '');
  }, [opened]);

  useFollowedEnd(scroller, last);
  return {
    scroller,
    newLine,
    newFrom: freshFrom ?? later ?? firstNew,
    fresh: fresh.length,
    toEnd() {
      last.current.isAtEnd = true;
      scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
      scroller.current?.focus();
      setReadTo(lastKey);
    },
    leaveEnd() {
      last.current.isAtEnd = false;
    },
    noteScroll() {
      const element = scroller.current;
      if (!element) return false;
      const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
      last.current = { ...last.current, isAtEnd, height: element.scrollHeight };
      if (isAtEnd) setReadTo(lastKey);
      return element.scrollTop < nearPx;
    },
  };
}
