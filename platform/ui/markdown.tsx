// Owns how the long texts of organisers and companies are shown. What they mean is markdown-blocks.ts.
import type { ReactNode } from 'react';
import type { Block, Inline } from './markdown-blocks.ts';
import { readMarkdown } from './markdown-blocks.ts';

/** Nothing in a text has a name of its own: its place is its key. */
const keyed = <Part,>(parts: readonly Part[], draw: (part: Part, key: number) => ReactNode): ReactNode => parts.map(draw);

function drawInline(part: Inline, key: number): ReactNode {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'break':
      return <br key={key} />;
    case 'code':
      return <code key={key}>{part.text}</code>;
    case 'strong':
      return <strong key={key}>{keyed(part.children, drawInline)}</strong>;
    case 'em':
      return <em key={key}>{keyed(part.children, drawInline)}</em>;
    case 'link':
      return (
        <a key={key} href={part.url} target="_blank" rel="noopener noreferrer nofollow">
          {keyed(part.children, drawInline)}
        </a>
      );
  }
}

function drawBlock(block: Block, key: number, topLevel: number): ReactNode {
  const draw = (inner: Block, innerKey: number) => drawBlock(inner, innerKey, topLevel);
  switch (block.kind) {
    case 'heading': {
      // Headings of the text begin below the heading of the page part it stands in.
      const Heading = `h${Math.min(6, topLevel + Math.max(0, block.level - 2))}` as 'h3';
      return <Heading key={key}>{keyed(block.children, drawInline)}</Heading>;
    }
    case 'paragraph':
      return <p key={key}>{keyed(block.children, drawInline)}</p>;
    case 'quote':
      return <blockquote key={key}>{keyed(block.children, draw)}</blockquote>;
    case 'code':
      return <pre key={key}>{block.text}</pre>;
    case 'rule':
      return <hr key={key} />;
    case 'list': {
      const items = keyed(block.items, (item, itemKey) => <li key={itemKey}>{drawItem(item, draw)}</li>);
      return block.ordered ? (
        <ol key={key} start={block.start}>
          {items}
        </ol>
      ) : (
        <ul key={key}>{items}</ul>
      );
    }
  }
}

/** An item of one paragraph needs no paragraph. */
function drawItem(item: readonly Block[], draw: (block: Block, key: number) => ReactNode): ReactNode {
  const [first, ...rest] = item;
  if (first?.kind !== 'paragraph') return keyed(item, draw);
  return (
    <>
      {keyed(first.children, drawInline)}
      {keyed(rest, draw)}
    </>
  );
}

export function Markdown({ text, headingLevel = 3 }: { text: string; headingLevel?: number }) {
  return <div className="prose">{keyed(readMarkdown(text), (block, key) => drawBlock(block, key, headingLevel))}</div>;
}
