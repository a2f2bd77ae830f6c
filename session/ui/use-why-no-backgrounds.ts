// Owns knowing, before anybody asks for one, that this browser has no virtual backgrounds. It is asked when there is time: the answer takes a drawing context.
import { useEffect, useState } from 'react';
import { whyNoBackgrounds } from '#features/backgrounds/ui/background-filter.ts';
import { whenIdle } from './fetch-ahead.ts';

/** The words for it. Null: it has, or it is not known yet. */
export function useWhyNoBackgrounds(): string | null {
  const [say, setSay] = useState<(() => string) | null>(null);
  useEffect(() => {
    const ask = async () => {
      const why = whyNoBackgrounds();
      if (!why) return;
      const { whyNotTexts } = await import('#features/backgrounds/ui/why-not-texts.ts');
      setSay(() => () => whyNotTexts.t(why));
    };
    whenIdle(() => void ask().catch(() => undefined));
  }, []);
  return say?.() ?? null;
}
