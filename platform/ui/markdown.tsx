// Owns long texts that organisers and companies write. The renderer is fetched when the first such text is shown (markdown-body.tsx).
import { lazy, Suspense } from 'react';

/** Words without their layout are better than no page. */
const asTyped = ({ text }: { text: string; headingLevel: 3 | 4 }) => <p className="prose-raw">{text}</p>;
const MarkdownBody = lazy(() =>
  import('./markdown-body.tsx').then(
    (module) => ({ default: module.MarkdownBody }),
    () => ({ default: asTyped }),
  ),
);

/** Until the renderer is here, the text stands as it was typed: readable, and about as high. */
export function Markdown({ text, headingLevel = 3 }: { text: string; headingLevel?: 3 | 4 }) {
  return (
    <div className="prose">
      <Suspense fallback={asTyped({ text, headingLevel })}>
        <MarkdownBody text={text} headingLevel={headingLevel} />
      </Suspense>
    </div>
  );
}
