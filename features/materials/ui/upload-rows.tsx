// Owns how uploads on their way are seen: progress with cancel, and in words why one failed.
import { FileUp, TriangleAlert, X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { ApiError } from '#platform/ui/api.ts';
import { errorTextOf } from '#platform/ui/error-texts.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { materialsTexts } from './texts.ts';
import { materialsTitles } from './title.ts';
import type { Upload } from './upload-store.ts';
import { uploadStore } from './upload-store.ts';

/** What another try may mend; the file itself is no better the second time. */
const mayPass = ({ status, code }: ApiError) => status === 0 || status === 429 || status >= 500 || code === 'upload-cut';

export function UploadRows({ sessionId }: { sessionId: string }) {
  const t = useTexts(materialsTexts);
  const titles = useTexts(materialsTitles);
  const uploads = useSyncExternalStore(uploadStore.subscribe, uploadStore.read).filter((one) => one.sessionId === sessionId);
  if (uploads.length === 0) return null;
  const howFar = (status: Exclude<Upload['status'], { is: 'failed' }>) => {
    if (status.is === 'waiting') return t('waitingTurn');
    return status.sent === 1 ? t('reading') : t('uploaded', { percent: Math.floor(status.sent * 100) });
  };
  return (
    <ul className="uploads">
      {uploads.map(({ id, name, status }) =>
        status.is === 'failed' ? (
          <li key={id} className="upload upload--failed" aria-label={name}>
            <TriangleAlert className="i" aria-hidden="true" />
            <div className="grow" role="alert">
              <b className="cut">{titles('uploadFailed', { name })}</b>
              <p>{errorTextOf(status.error)}</p>
              <div className="upload-acts">
                {mayPass(status.error) && (
                  <button type="button" className="btn btn--s" onClick={() => uploadStore.retry(id)}>
                    {t('tryAgain')}
                  </button>
                )}
                <button type="button" className="btn btn--quiet btn--s" onClick={() => uploadStore.cancel(id)}>
                  {t('dismiss')}
                </button>
              </div>
            </div>
          </li>
        ) : (
          <li key={id} className="upload" aria-label={name}>
            <FileUp className="i" aria-hidden="true" />
            <div className="grow">
              <b className="cut" title={name}>
                <bdi>{name}</bdi>
              </b>
              {status.is === 'sending' && <progress aria-label={t('uploading', { name })} value={status.sent} max={1} />}
              <span className="upload-how" aria-live="polite">
                {howFar(status)}
              </span>
            </div>
            <button
              type="button"
              className="btn btn--quiet btn--s btn--icon"
              aria-label={t('cancelUpload', { name })}
              title={t('cancel')}
              onClick={() => uploadStore.cancel(id)}
            >
              <X className="i" aria-hidden="true" />
            </button>
          </li>
        ),
      )}
    </ul>
  );
}
