// Owns how a presented PDF is seen: the page that all follow, one's own look at other pages, zoom and full screen. Who may turn is its caller's.
import './pdf-viewer.css';
import { useEffect, useRef, useState } from 'react';
import { useFullScreen } from '#platform/ui/full-screen.ts';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { PdfFacts } from '../contract.ts';
import { PageBar } from './page-bar.tsx';
import { PageStrip } from './page-strip.tsx';
import { PdfPage } from './pdf-page.tsx';
import { materialsTexts } from './texts.ts';
import { usePageKeys } from './use-page-keys.ts';
import { usePdf } from './use-pdf.ts';
import { useSpace } from './use-space.ts';
import { useTurning } from './use-turning.ts';

interface PdfViewerProps {
  material: PdfFacts;
  /** Where the presenter is. */
  page: number;
  /** Where its file and its small pictures are. */
  address: string;
  mayTurn: boolean;
  areKeysOn: () => boolean;
  onTurn: (page: number) => Promise<boolean>;
  /** Absent: not mine to stop. */
  onStop?: () => void;
}

export function PdfViewer({ material, page, address, mayTurn, areKeysOn, onTurn, onStop }: PdfViewerProps) {
  const t = useTexts(materialsTexts);
  const { pages, aspect, name, bytes, downloadable } = material;
  const frame = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLDivElement>(null);
  const space = useSpace(frame, below);
  const { state, retry } = usePdf(`${address}/file`, bytes);
  const shown = useTurning({ pages, page, mayTurn, onTurn });
  const [zoom, setZoom] = useState(1);
  const full = useFullScreen('presentation');
  usePageKeys({ page: shown.page, go: shown.go, areOn: areKeysOn });
  const pictureOf = (one: number) => `${address}/thumbnails/${one}`;
  const area = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is read from its beginning.
  useEffect(() => {
    area.current?.scrollTo({ top: 0 });
  }, [shown.page]);
  return (
    <div ref={frame} className="pdf">
      <div ref={area} className={zoom > 1 ? 'page-space page-space--zoomed' : 'page-space'} tabIndex={zoom > 1 ? 0 : undefined}>
        {state.is === 'failed' ? (
          <div className="pdf-failed" role="alert">
            <p>{t('openFailed')}</p>
            <button type="button" className="btn" onClick={retry}>
              {t('tryAgain')}
            </button>
          </div>
        ) : (
          <PdfPage
            pdf={state.is === 'open' ? state.pdf : null}
            page={shown.page}
            pages={pages}
            space={space}
            zoom={zoom}
            aspect={aspect}
            thumbnail={pictureOf(shown.page)}
          />
        )}
        {state.is === 'opening' && (
          <p className="pdf-opening" role="status" aria-label={t('opening')}>
            <Spinner />
          </p>
        )}
      </div>
      <div ref={below} className="pdf-below">
        <PageBar
          name={name}
          page={shown.page}
          pages={pages}
          onGo={shown.go}
          onFollow={shown.isAlone ? shown.follow : undefined}
          zoom={zoom}
          onZoom={setZoom}
          isFull={full.isFull}
          onFull={full.toggle}
          downloadUrl={downloadable ? `${address}/file` : undefined}
          onStop={onStop}
        />
        {pages > 1 && <PageStrip pages={pages} page={shown.page} aspect={aspect} pictureOf={pictureOf} onGo={shown.go} />}
      </div>
    </div>
  );
}
