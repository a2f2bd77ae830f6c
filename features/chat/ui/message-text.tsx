// Owns the words of a message: links that open safely, names that stand out. Never anything but text.

import { linkify } from '#platform/ui/linkify.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { markNames } from './mentions.ts';
import { chatTexts } from './texts.ts';

export function MessageText({ text, names }: { text: string; names: readonly string[] }) {
  const t = useTexts(chatTexts);
  const parts = linkify(text).flatMap((part) =>
    part.href ? [{ ...part, isName: false }] : markNames(part.text, names).map((one) => ({ ...one, href: undefined })),
  );
  return (
    <p className="msg-text" dir="auto">
      {parts.map((part, index) => {
        // The parts of a message never change: their places name them.
        const key = `${index}`;
        if (part.href) {
          return (
            <a key={key} href={part.href} target="_blank" rel="noopener noreferrer" title={t('opensElsewhere')}>
              {part.text}
            </a>
          );
        }
        return part.isName ? (
          <b key={key} className="mention">
            <bdi>{part.text}</bdi>
          </b>
        ) : (
          part.text
        );
      })}
    </p>
  );
}
