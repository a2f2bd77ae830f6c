// Owns one page as it is seen: its small picture at once, then drawn for exactly the pixels that it has, with its text to select.
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { PagePicture } from './page-picture.tsx';
import { TextLayer } from './pdf-document.ts';
import { materialsTexts } from './texts.ts';
import type { Pdf } from './use-pdf.ts';
import type { Space } from './use-space.ts';

interface PdfPageProps {
  /** Null while it is being opened. */
  pdf: Pdf | null;
  page: number;
  pages: number;
  space: Space;
  /** 1: the whole page is seen. */
  zoom: number;
  /** Of the first page, until this one's own is known. */
  aspect: number;
  thumbnail: string;
}

export function PdfPage({ pdf, page, pages, space, zoom, aspect, thumbnail }: PdfPageProps) {
  const t = useTexts(materialsTexts);
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<{ page: number; aspect: number } | null>(null);
  const [failed, setFailed] = useState<number | null>(null);
  const { width, height, ratio } = space;

  useEffect(() => {
    const target = canvas.current;
    if (!pdf || !target || width === 0 || height === 0) return;
    let isCurrent = true;
    const box = { width: Math.round(width * zoom * ratio), height: Math.round(height * zoom * ratio) };
    // Forwards first; zoomed in, pages ahead would cost more than they give.
    const ahead = zoom === 1 ? [page + 1, page + 2, page - 1] : [];
    pdf.drawings.draw(page, ahead, box).then(
      (drawing) => {
        if (!isCurrent) return;
        target.width = drawing.canvas.width;
        target.height = drawing.canvas.height;
        target.getContext('2d')?.drawImage(drawing.canvas, 0, 0);
        setFailed(null);
        setDrawn({ page, aspect: drawing.aspect });
      },
      () => isCurrent && setFailed(page),
    );
    return () => {
      isCurrent = false;
    };
  }, [pdf, page, width, height, ratio, zoom]);

  const isDrawn = drawn?.page === page;
  // The page before stands until this one is there: no flash in between.
  const shownAspect = drawn?.aspect ?? aspect;
  const pageWidth = Math.floor(Math.min(width, height * shownAspect) * zoom);
  const pageHeight = Math.floor(pageWidth / shownAspect);
  const drawnPage = drawn?.page;

  useEffect(() => {
    const target = text.current;
    if (!pdf || !target || drawnPage === undefined || pageWidth === 0) return;
    let layer: TextLayer | null = null;
    let isCurrent = true;
    target.replaceChildren();
    const show = async () => {
      const opened = await pdf.document.getPage(drawnPage);
      if (!isCurrent) return;
      const natural = opened.getViewport({ scale: 1 });
      const viewport = opened.getViewport({ scale: pageWidth / natural.width });
      target.style.setProperty('--total-scale-factor', `${viewport.scale}`);
      layer = new TextLayer({ textContentSource: opened.streamTextContent(), container: target, viewport });
      await layer.render();
    };
    // Without its text a page is still there to be seen.
    show().catch(() => undefined);
    return () => {
      isCurrent = false;
      layer?.cancel();
    };
  }, [pdf, drawnPage, pageWidth]);

  return (
    <div className="page" style={{ width: pageWidth, height: pageHeight }}>
      {!drawn && <PagePicture className="page-ahead" src={thumbnail} />}
      <canvas
        ref={canvas}
        role="img"
        aria-label={t('pageOf', { page: drawn?.page ?? page, pages })}
        aria-busy={!isDrawn}
        data-page={drawn?.page}
      />
      <div ref={text} className="page-text" dir="ltr" />
      {failed === page && (
        <p className="page-failed" role="alert">
          {t('pageFailed')}
        </p>
      )}
    </div>
  );
}
