// Owns turning Markdown into elements: no raw HTML, no pictures from elsewhere, links that cannot reach back into this page.
import type { Components } from 'react-markdown';
import ReactMarkdown from 'react-markdown';

/** Headings of the text begin below the heading of the page part it stands in. */
const componentsFor = (level: 3 | 4): Components => {
  const Top = `h${level}` as const;
  const Next = `h${level + 1}` as 'h4' | 'h5';
  return {
    h1: ({ children }) => <Top>{children}</Top>,
    h2: ({ children }) => <Top>{children}</Top>,
    h3: ({ children }) => <Next>{children}</Next>,
    h4: ({ children }) => <Next>{children}</Next>,
    h5: ({ children }) => <Next>{children}</Next>,
    h6: ({ children }) => <Next>{children}</Next>,
    a: ({ href, children }) => (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ),
  };
};
const components = { 3: componentsFor(3), 4: componentsFor(4) };

export function MarkdownBody({ text, headingLevel }: { text: string; headingLevel: 3 | 4 }) {
  return (
    <ReactMarkdown skipHtml disallowedElements={['img']} components={components[headingLevel]}>
      {text}
    </ReactMarkdown>
  );
}
