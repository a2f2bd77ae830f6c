// Owns the bar below a page: turning, where one is, the way back to the presenter, zoom, full screen, download, and stopping.
import { ChevronLeft, ChevronRight, Download, Maximize, Minimize, SquareX, Undo2, ZoomIn, ZoomOut } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import { materialsTexts } from './texts.ts';

interface PageBarProps {
  name: string;
  page: number;
  pages: number;
  onGo: (page: number) => void;
  /** I look for myself: back to what all see. */
  onFollow?: () => void;
  zoom: number;
  onZoom: (zoom: number) => void;
  isFull: boolean;
  onFull?: () => void;
  downloadUrl?: string;
  onStop?: () => void;
}

const zooms: readonly number[] = [1, 1.5, 2, 3, 4];
const largest = Math.max(...zooms);

export function PageBar({ name, page, pages, onGo, onFollow, zoom, onZoom, isFull, onFull, downloadUrl, onStop }: PageBarProps) {
  const t = useTexts(materialsTexts);
  const step = (by: number) => onZoom(zooms[Math.max(0, zooms.indexOf(zoom) + by)] ?? largest);
  const Full = isFull ? Minimize : Maximize;
  const full = t(isFull ? 'exitFullScreen' : 'fullScreen');
  return (
    <div className="page-bar">
      <button
        type="button"
        className="ghost ghost--on"
        aria-label={t('previousPage')}
        title={`${t('previousPage')} (←)`}
        aria-disabled={page <= 1}
        onClick={() => onGo(page - 1)}
      >
        <ChevronLeft className="i" aria-hidden="true" />
      </button>
      <button
        type="button"
        className="ghost ghost--on"
        aria-label={t('nextPage')}
        title={`${t('nextPage')} (→)`}
        aria-disabled={page >= pages}
        onClick={() => onGo(page + 1)}
      >
        <ChevronRight className="i" aria-hidden="true" />
      </button>
      <span className="page-number" aria-live="polite">
        {t('pageOf', { page, pages })}
      </span>
      <bdi className="page-name cut" title={name}>
        {name}
      </bdi>
      {onFollow && (
        <button type="button" className="ghost ghost--follow" aria-label={t('followPresenter')} onClick={onFollow}>
          <Undo2 className="i" aria-hidden="true" />
          <span>{t('followPresenter')}</span>
        </button>
      )}
      <button
        type="button"
        className="ghost ghost--zoom"
        aria-label={t('zoomOut')}
        title={t('zoomOut')}
        aria-disabled={zoom === 1}
        onClick={() => zoom > 1 && step(-1)}
      >
        <ZoomOut className="i" aria-hidden="true" />
      </button>
      <button
        type="button"
        className="ghost ghost--zoom"
        aria-label={t('zoomIn')}
        title={t('zoomIn')}
        aria-disabled={zoom === largest}
        onClick={() => step(1)}
      >
        <ZoomIn className="i" aria-hidden="true" />
      </button>
      {downloadUrl && (
        <a className="ghost" href={downloadUrl} download aria-label={t('download')} title={t('download')}>
          <Download className="i" aria-hidden="true" />
        </a>
      )}
      {onFull && (
        <button type="button" className="ghost" aria-label={full} title={full} onClick={onFull}>
          <Full className="i" aria-hidden="true" />
        </button>
      )}
      {onStop && (
        <button type="button" className="ghost" aria-label={t('stop')} title={t('stop')} onClick={onStop}>
          <SquareX className="i" aria-hidden="true" />
          <span className="page-stop">{t('stop')}</span>
        </button>
      )}
    </div>
  );
}
