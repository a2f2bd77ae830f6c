// Owns the line at the top of a list whose first row is not the question that is being answered live: searched, another list, or held still by a hand.
import { Radio } from 'lucide-react';
import type { RefObject } from 'react';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { questionsTexts } from './texts.ts';

interface AnsweringBarProps {
  text: string;
  list: RefObject<HTMLElement | null>;
  /** Somebody has a hand on the list. */
  isHeld: boolean;
}

export function AnsweringBar({ text, list, isHeld }: AnsweringBarProps) {
  const t = useTexts(questionsTexts);
  const bar = useRef<HTMLDivElement>(null);
  const [wasHeld] = useState(isHeld);
  // The rows below must not move under the hand that held them when this line came, and a hand on the line still holds them.
  useLayoutEffect(() => {
    const [rows, height] = [list.current, bar.current?.offsetHeight ?? 0];
    if (!rows || !wasHeld) return;
    rows.scrollTop += height;
    return () => {
      rows.scrollTop -= height;
    };
  }, [list, wasHeld]);
  return (
    <div ref={bar} className="answering-bar" title={text}>
      <Radio className="i i--s" aria-hidden="true" />
      <span className="answering-bar-label">{t('answeringLive')}</span>
      <span className="grow cut" dir="auto">
        {text}
      </span>
    </div>
  );
}
