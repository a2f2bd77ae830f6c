// Owns the list of a Session's materials as speakers share it: uploading, presenting, and keeping order.
import './materials.css';
import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import type { Material, Presented } from '../contract.ts';
import type { MaterialActs } from './material-row.tsx';
import { MaterialRow } from './material-row.tsx';
import { materialsTexts } from './texts.ts';
import { UploadRows } from './upload-rows.tsx';
import { choosePdfs, uploadStore } from './upload-store.ts';

interface MaterialsPanelProps extends MaterialActs {
  sessionId: string;
  items: readonly Material[];
  presented: Presented | null;
  isBefore: boolean;
  speakers: readonly { id: string; name: string }[];
  nameOf: (person: string) => string;
}

const dragType = 'application/x-stagedoor-material';

export function MaterialsPanel({ sessionId, items, presented, isBefore, speakers, nameOf, ...acts }: MaterialsPanelProps) {
  const t = useTexts(materialsTexts);
  /** The material before which what is dragged would stand; `null`: at the end; undefined: nothing is dragged. */
  const [dropBefore, setDropBefore] = useState<string | null | undefined>(undefined);
  const upload = (files: readonly File[]) => uploadStore.start(sessionId, files);
  const drop = (material: string, before: string | null) => {
    if (material !== before && items.some((one) => one.id === material)) void acts.act('materials.reorder', { material, before });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: everything done here by dragging has its button or menu.
    <div
      className="materials"
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes('Files') || event.dataTransfer.types.includes(dragType)) event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        const files = [...event.dataTransfer.files];
        if (files.length > 0) upload(files);
        else drop(event.dataTransfer.getData(dragType), dropBefore ?? null);
        setDropBefore(undefined);
      }}
      onDragEnd={() => setDropBefore(undefined)}
    >
      <button type="button" className="btn btn--primary" onClick={() => choosePdfs(upload)}>
        <FileUp className="i" aria-hidden="true" />
        {t('upload')}
      </button>
      <p className="muted">{t(isBefore ? 'uploadEarly' : 'uploadMore')}</p>
      <UploadRows sessionId={sessionId} />
      {items.length === 0 ? (
        <p className="materials-empty">
          <b>{t('emptyTitle')}</b>
          <span className="muted">{t('emptyText')}</span>
        </p>
      ) : (
        <ul className="material-list">
          {items.map((material, at) => {
            const next = items[at + 1];
            const classes = ['material', dropBefore === material.id && 'material--before'].filter(Boolean).join(' ');
            return (
              <li
                key={material.id}
                className={classes}
                aria-label={material.name}
                onDragOver={(event) => {
                  if (!event.dataTransfer.types.includes(dragType)) return;
                  const { top, height } = event.currentTarget.getBoundingClientRect();
                  setDropBefore(event.clientY < top + height / 2 ? material.id : (next?.id ?? null));
                }}
              >
                <MaterialRow
                  material={material}
                  isPresented={presented?.material.id === material.id}
                  by={nameOf(material.by)}
                  speakers={speakers}
                  picture={`/api/sessions/${sessionId}/materials/${material.id}/thumbnails/1`}
                  above={items[at - 1]?.id}
                  below={next && { before: items[at + 2]?.id ?? null }}
                  onDragStart={(event) => {
                    event.dataTransfer.setData(dragType, material.id);
                    event.dataTransfer.effectAllowed = 'move';
                  }}
                  {...acts}
                />
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
