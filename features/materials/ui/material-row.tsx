// Owns one material in the speakers' list: what it is, presenting it, and what else can be done with it.
import { Ellipsis, Film } from 'lucide-react';
import type { DragEvent } from 'react';
import { useRef, useState } from 'react';
import { AlertDialog } from '#platform/ui/alert-dialog.tsx';
import { MenuButton } from '#platform/ui/menu-button.tsx';
import type { MenuEntry } from '#platform/ui/menu-entries.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { Material } from '../contract.ts';
import { longestName } from '../contract.ts';
import { PagePicture } from './page-picture.tsx';
import { materialsTexts } from './texts.ts';

export interface MaterialActs {
  present?: (material: Material, presenter?: string) => void;
  stop: () => void;
  act: (type: string, body: Record<string, unknown>) => Promise<boolean>;
}

interface MaterialRowProps extends MaterialActs {
  material: Material;
  isPresented: boolean;
  /** Who uploaded it. */
  by: string;
  /** The other speakers who are inside. */
  speakers: readonly { id: string; name: string }[];
  picture: string;
  /** The one above it, and the one after the next; undefined at the ends. */
  above: string | undefined;
  below: { before: string | null } | undefined;
  onDragStart: (event: DragEvent) => void;
}

export function MaterialRow(props: MaterialRowProps) {
  const { material, isPresented, by, speakers, picture, above, below, present, stop, act, onDragStart } = props;
  const t = useTexts(materialsTexts);
  const { id, name, kind } = material;
  const [isRenaming, setRenaming] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const isGivenUp = useRef(false);
  const entries: MenuEntry[] = [
    ...(present && !isPresented && speakers.length > 0
      ? [
          {
            id: 'for',
            label: t('presentFor'),
            choices: [{ id: '', label: t('me') }, ...speakers.map((one) => ({ id: one.id, label: one.name }))],
            chosen: '',
            onChoose: (person: string) => present(material, person || undefined),
          },
        ]
      : []),
    { id: 'rename', label: t('rename'), onAction: () => setRenaming(true) },
    ...(kind === 'pdf'
      ? [
          {
            id: 'download',
            label: t('allowDownload'),
            checked: material.downloadable,
            onAction: () => void act('materials.set-downloadable', { material: id, downloadable: !material.downloadable }),
          },
        ]
      : []),
    ...(above
      ? [{ id: 'up', label: t('moveUp'), onAction: () => void act('materials.reorder', { material: id, before: above }) }]
      : []),
    ...(below
      ? [{ id: 'down', label: t('moveDown'), onAction: () => void act('materials.reorder', { material: id, ...below }) }]
      : []),
    { id: 'delete', label: t('delete'), danger: true, onAction: () => setDeleting(true) },
  ];
  const rename = (next: string) => {
    setRenaming(false);
    if (!isGivenUp.current && next.trim() && next.trim() !== name)
      void act('materials.rename', { material: id, name: next.trim() });
    isGivenUp.current = false;
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the menu moves it too. */}
      <div className="material-picture" draggable={!isRenaming} onDragStart={onDragStart}>
        {kind === 'pdf' ? (
          <PagePicture src={picture} loading="lazy" draggable={false} />
        ) : (
          <Film className="i" aria-hidden="true" />
        )}
      </div>
      <div className="grow">
        {isRenaming ? (
          <input
            className="input"
            aria-label={t('nameOf', { name })}
            defaultValue={name}
            maxLength={longestName / 2}
            // biome-ignore lint/a11y/noAutofocus: the person has just asked to type here.
            autoFocus
            onFocus={(event) => event.currentTarget.select()}
            onBlur={(event) => rename(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' && event.key !== 'Escape') return;
              event.preventDefault();
              isGivenUp.current = event.key === 'Escape';
              event.currentTarget.blur();
            }}
          />
        ) : (
          <b className="cut" title={name}>
            <bdi>{name}</bdi>
          </b>
        )}
        <p className="material-facts cut">
          {isPresented ? t('presenting') : kind === 'pdf' ? t('pagesOf', { count: material.pages }) : t('video')}
          {' · '}
          <bdi>{by}</bdi>
        </p>
      </div>
      {isPresented ? (
        <button type="button" className="btn btn--s" aria-label={t('stop')} onClick={stop}>
          {t('shortStop')}
        </button>
      ) : (
        present && (
          <button type="button" className="btn btn--s" onClick={() => present(material)}>
            {t('present')}
          </button>
        )
      )}
      <MenuButton label={t('more', { name })} className="btn btn--quiet btn--s btn--icon" entries={entries}>
        <Ellipsis className="i" aria-hidden="true" />
      </MenuButton>
      <AlertDialog
        isOpen={isDeleting}
        title={t('deleteTitle', { name })}
        text={t('deleteText')}
        confirmLabel={t('delete')}
        cancelLabel={t('keep')}
        onConfirm={() => {
          setDeleting(false);
          void act('materials.delete', { material: id });
        }}
        onCancel={() => setDeleting(false)}
      />
    </>
  );
}
