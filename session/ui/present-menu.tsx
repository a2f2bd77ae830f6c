// Owns the menu "Present" in the bar, for speakers: what there is to show, and the way to what was prepared.
import { AppWindow, Files, FileUp, Film, MonitorUp, MonitorX } from 'lucide-react';
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { materialsTitles } from '#features/materials/ui/title.ts';
import { UploadRing } from '#features/materials/ui/upload-ring.tsx';
import { choosePdfs, uploadStore } from '#features/materials/ui/upload-store.ts';
import { canShareScreen } from '#features/stage/ui/choose-screen.ts';
import { screenTexts } from '#features/stage/ui/screen-texts.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useFullPart } from '#platform/ui/full-screen.ts';
import { MenuButton } from '#platform/ui/menu-button.tsx';
import type { MenuEntry } from '#platform/ui/menu-entries.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { presentedHere } from './presentation.ts';
import type { SessionEngine } from './session-engine.ts';
import { sideSheet } from './side-sheet.ts';

const EmbedVideoDialog = lazy(async () => ({
  default: (await import('#features/materials/ui/embed-video-dialog.tsx')).EmbedVideoDialog,
}));

export function PresentMenu({ engine, sessionId }: { engine: SessionEngine; sessionId: string }) {
  const t = useTexts(materialsTitles);
  const s = useTexts(screenTexts);
  const { screen } = engine;
  const { isSharing } = useSyncExternalStore(screen.subscribe, screen.read);
  const isBefore = useLive(engine.live, ({ slices }) => slices.all?.lifecycle.phase === 'scheduled');
  const isPresenting = useLive(engine.live, ({ slices, personId }) => presentedHere(slices, personId) !== null);
  const percent = useSyncExternalStore(uploadStore.subscribe, () => uploadStore.percent(sessionId));
  useEffect(() => uploadStore.place(sessionId, () => sideSheet.open('materials')), [sessionId]);
  const isSheetOpen = useSyncExternalStore(sideSheet.subscribe, () => sideSheet.read().open === 'materials');
  const isListSeen = useFullPart() === null && isSheetOpen;
  useEffect(() => (isListSeen ? uploadStore.watch(sessionId) : undefined), [sessionId, isListSeen]);
  const [isEmbedding, setEmbedding] = useState(false);
  const embed = async (video: Record<string, unknown>) => {
    const taken = await engine.act('materials.embed-video', video);
    if (taken) sideSheet.open('materials');
    return taken;
  };
  const upload = () => {
    sideSheet.open('materials');
    choosePdfs((files) => uploadStore.start(sessionId, files));
  };
  const share = () => void screen.share();
  const ownScreen: MenuEntry[] = isSharing
    ? [
        { id: 'another', label: s('another'), icon: AppWindow, onAction: share },
        { id: 'stop', label: s('stop'), icon: MonitorX, onAction: screen.stop },
      ]
    : [{ id: 'share', label: s('share'), icon: MonitorUp, note: s('shareNote'), onAction: share }];
  const entries: MenuEntry[] = [
    ...(canShareScreen() ? ownScreen : []),
    { id: 'upload', label: t('upload'), icon: FileUp, note: isBefore ? t('uploadEarly') : undefined, onAction: upload },
    { id: 'embed', label: t('embed'), icon: Film, onAction: () => setEmbedding(true) },
    { id: 'materials', label: t('materials'), icon: Files, onAction: () => sideSheet.open('materials') },
  ];
  const name = percent === null ? t('present') : t('presentUploading', { percent });
  return (
    <>
      <MenuButton label={name} title={name} className={isPresenting ? 'tool tool--open' : 'tool'} entries={entries}>
        {percent === null ? <MonitorUp className="i" aria-hidden="true" /> : <UploadRing percent={percent} />}
        <span>{t('present')}</span>
      </MenuButton>
      {isEmbedding && (
        <Suspense fallback={null}>
          <EmbedVideoDialog onEmbed={embed} onClose={() => setEmbedding(false)} />
        </Suspense>
      )}
    </>
  );
}
