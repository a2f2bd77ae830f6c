// Owns what everybody in the Session may download.
import './materials.css';
import { Download } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import type { PdfFacts } from '../contract.ts';
import { PagePicture } from './page-picture.tsx';
import { materialsTexts } from './texts.ts';

export function DownloadsList({ sessionId, downloads }: { sessionId: string; downloads: readonly PdfFacts[] }) {
  const t = useTexts(materialsTexts);
  return (
    <ul className="material-list">
      {downloads.map(({ id, name, pages }) => (
        <li key={id} className="material" aria-label={name}>
          <div className="material-picture">
            <PagePicture src={`/api/sessions/${sessionId}/materials/${id}/thumbnails/1`} loading="lazy" />
          </div>
          <div className="grow">
            <b className="cut" title={name}>
              <bdi>{name}</bdi>
            </b>
            <p className="material-facts">{t('pagesOf', { count: pages })}</p>
          </div>
          <a
            className="btn btn--s"
            href={`/api/sessions/${sessionId}/materials/${id}/file`}
            download
            aria-label={t('downloadOf', { name })}
          >
            <Download className="i" aria-hidden="true" />
            {t('download')}
          </a>
        </li>
      ))}
    </ul>
  );
}
