// Owns the strip of all pages in small; the one that is shown is always in sight.
import { useEffect, useRef } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { PagePicture } from './page-picture.tsx';
import { materialsTexts } from './texts.ts';

interface PageStripProps {
  pages: number;
  page: number;
  aspect: number;
  pictureOf: (page: number) => string;
  onGo: (page: number) => void;
}

export function PageStrip({ pages, page, aspect, pictureOf, onGo }: PageStripProps) {
  const t = useTexts(materialsTexts);
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const list = strip.current;
    const current = list?.children[page - 1] as HTMLElement | undefined;
    if (!list || !current) return;
    // Only the strip scrolls, not what it stands in.
    list.scrollTo({ left: current.offsetLeft - (list.clientWidth - current.offsetWidth) / 2 });
  }, [page]);
  return (
    <nav ref={strip} className="page-strip" aria-label={t('pages')}>
      {Array.from({ length: pages }, (_, index) => {
        const number = index + 1;
        return (
          <button
            key={number}
            type="button"
            aria-label={t('page', { page: number })}
            aria-current={number === page ? 'page' : undefined}
            style={{ aspectRatio: aspect }}
            onClick={() => onGo(number)}
          >
            <PagePicture src={pictureOf(number)} loading="lazy" decoding="async" />
          </button>
        );
      })}
    </nav>
  );
}
