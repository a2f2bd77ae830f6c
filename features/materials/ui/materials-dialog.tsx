// Owns materials before one is inside: what is there, uploading more, and deleting. Presenting and order are the Session's.
import './materials.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { FileUp, Trash2 } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { AlertDialog } from '#platform/ui/alert-dialog.tsx';
import { api } from '#platform/ui/api.ts';
import { errorTextOf } from '#platform/ui/error-texts.ts';
import { partsTexts } from '#platform/ui/parts-texts.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import type { Material } from '../contract.ts';
import { PagePicture } from './page-picture.tsx';
import { materialsTexts } from './texts.ts';
import { materialsTitles } from './title.ts';
import { UploadRows } from './upload-rows.tsx';
import { choosePdfs, uploadStore } from './upload-store.ts';

interface MaterialsDialogProps {
  sessionId: string;
  title: string;
  onClose: () => void;
}

export function MaterialsDialog({ sessionId, title, onClose }: MaterialsDialogProps) {
  const t = useTexts(materialsTexts);
  const titles = useTexts(materialsTitles);
  const parts = useTexts(partsTexts);
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const client = useQueryClient();
  const path = `/api/sessions/${sessionId}/materials`;
  const queryKey = ['sessions', sessionId, 'materials'];
  const { data, error } = useQuery({ queryKey, queryFn: () => api.get<{ items: Material[] }>(path) });
  const [deleted, setDeleted] = useState<Material | null>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => uploadStore.watch(sessionId), [sessionId]);
  const reload = () => void client.invalidateQueries({ queryKey });
  const remove = async (material: Material) => {
    setDeleted(null);
    try {
      await api.remove(`${path}/${material.id}?id=${crypto.randomUUID()}`);
    } catch (failure) {
      showToast({ tone: 'error', title: errorTextOf(failure) });
    }
    reload();
  };
  return (
    <dialog
      ref={dialog}
      className="dialog materials-dialog"
      aria-labelledby={`${id}-title`}
      onCancel={(event) => {
        // A question that stands above it is closed by itself.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={`${id}-title`}>{titles('materials')}</h2>
      <p dir="auto">
        <b>{title}</b>
      </p>
      <div className="materials">
        <p className="muted">{t(data?.items.length === 0 ? 'emptyText' : 'uploadEarly')}</p>
        {error && <p role="alert">{errorTextOf(error)}</p>}
        <ul className="material-list">
          {data?.items.map((material) => (
            <li key={material.id} className="material" aria-label={material.name}>
              <div className="material-picture">
                {material.kind === 'pdf' && <PagePicture src={`${path}/${material.id}/thumbnails/1`} loading="lazy" />}
              </div>
              <div className="grow">
                <b className="cut" title={material.name}>
                  <bdi>{material.name}</bdi>
                </b>
                <p className="material-facts">{material.kind === 'pdf' ? t('pagesOf', { count: material.pages }) : t('video')}</p>
              </div>
              <button
                type="button"
                className="btn btn--quiet btn--s btn--icon"
                aria-label={t('deleteOf', { name: material.name })}
                title={t('delete')}
                onClick={() => setDeleted(material)}
              >
                <Trash2 className="i" aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
        <UploadRows sessionId={sessionId} />
      </div>
      <div className="dialog-acts">
        <button type="button" className="btn" onClick={onClose}>
          {parts('close')}
        </button>
        <button
          type="button"
          className="btn btn--primary"
          onClick={() => choosePdfs((files) => uploadStore.start(sessionId, files, reload))}
        >
          <FileUp className="i" aria-hidden="true" />
          {t('upload')}
        </button>
      </div>
      <AlertDialog
        isOpen={deleted !== null}
        title={t('deleteTitle', { name: deleted?.name ?? '' })}
        text={t('deleteText')}
        confirmLabel={t('delete')}
        cancelLabel={t('keep')}
        onConfirm={() => deleted && void remove(deleted)}
        onCancel={() => setDeleted(null)}
      />
    </dialog>
  );
}
