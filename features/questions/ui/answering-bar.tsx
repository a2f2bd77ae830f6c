// Owns the line above a list whose first row is not the question that is being answered live: searched, another list, or held still by a hand.
import { Radio } from 'lucide-react';
import type { RefObject } from 'react';
import { useLayoutEffect, useRef } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { questionsTexts } from './texts.ts';

interface AnsweringBarProps {
  text: string;
  list: RefObject<HTMLElement | null>;
}

export function AnsweringBar({ text, list }: AnsweringBarProps) {
  const t = useTexts(questionsTexts);
  const bar = useRef<HTMLDivElement>(null);
  // The rows below must not move under the hand that holds them.
  useLayoutEffect(() => {
    const [rows, height] = [list.current, bar.current?.offsetHeight ?? 0];
    if (rows) rows.scrollTop += height;
    return () => {
      if (rows) rows.scrollTop -= height;
    };
  }, [list]);
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
