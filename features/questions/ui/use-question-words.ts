// Owns how a question's author and age are written, for those who may know the author and those who may not.
import { useMemo } from 'react';
import { useServerNow } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import { questionsTexts } from './texts.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

interface Asked {
  /** Null where the viewer must not know. */
  author: string | null;
  anonymous: boolean;
  isMine: boolean;
}

/** `nameOf` answers an empty text while a name is on its way. */
export function useQuestionWords(serverNow: () => number, nameOf: (person: string) => string) {
  const t = useTexts(questionsTexts);
  const format = useFormat();
  const now = useServerNow(serverNow, minuteMs);
  return useMemo(
    () => ({
      author({ author, anonymous, isMine }: Asked): string {
        if (isMine) return t(anonymous ? 'youAnonymous' : 'you');
        if (author === null) return t('anonymous');
        const name = nameOf(author);
        return anonymous ? t('anonymousNamed', { name }) : name;
      },
      age(at: string): string {
        const ms = now - Date.parse(at);
        if (ms < minuteMs) return t('now');
        if (ms < hourMs) return t('minutes', { count: Math.floor(ms / minuteMs) });
        return ms < dayMs ? format.time(at) : `${format.day(at)}, ${format.time(at)}`;
      },
    }),
    [t, format, now, nameOf],
  );
}
