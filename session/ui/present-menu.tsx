// Owns the menu "Present" in the bar, for speakers: what there is to show, and the way to what was prepared.
import { Files, FileUp, MonitorUp } from 'lucide-react';
import { materialsTitles } from '#features/materials/ui/title.ts';
import { choosePdfs, uploadStore } from '#features/materials/ui/upload-store.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { MenuButton } from '#platform/ui/menu-button.tsx';
import type { MenuEntry } from '#platform/ui/menu-entries.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { SessionEngine } from './session-engine.ts';
import { sideSheet } from './side-sheet.ts';

export function PresentMenu({ engine, sessionId }: { engine: SessionEngine; sessionId: string }) {
  const t = useTexts(materialsTitles);
  const isBefore = useLive(engine.live, ({ slices }) => slices.all?.lifecycle.phase === 'scheduled');
  const upload = () => {
    sideSheet.open('materials');
    choosePdfs((files) => uploadStore.start(sessionId, files));
  };
  const entries: MenuEntry[] = [
    { id: 'upload', label: t('upload'), icon: FileUp, note: isBefore ? t('uploadEarly') : undefined, onAction: upload },
    { id: 'materials', label: t('materials'), icon: Files, onAction: () => sideSheet.open('materials') },
  ];
  return (
    <MenuButton label={t('present')} title={t('present')} className="tool" entries={entries}>
      <MonitorUp className="i" aria-hidden="true" />
      <span>{t('present')}</span>
    </MenuButton>
  );
}
