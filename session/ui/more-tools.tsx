// Owns the list behind "More", where phones have the bar's less pressing tools.
import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { useId, useRef } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { sessionTexts } from './texts.ts';

export function MoreTools({ children }: { children: ReactNode }) {
  const t = useTexts(sessionTexts);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  return (
    <>
      <button type="button" className="tool tool--more" aria-label={t('more')} title={t('more')} popoverTarget={id}>
        <Ellipsis className="i" aria-hidden="true" />
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what is pressed in it is a button; this only closes the list behind it. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a key on the button is a click too. */}
      <div ref={list} id={id} className="more-tools" popover="auto" onClick={() => list.current?.hidePopover()}>
        {children}
      </div>
    </>
  );
}
