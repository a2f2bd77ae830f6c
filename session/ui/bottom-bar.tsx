// Owns the bar below the stage: am I heard, am I seen, and the way out.
import { Image, LogOut, Settings } from 'lucide-react';
import { lazy, Suspense, use, useSyncExternalStore } from 'react';
import { backgroundsShortTitle, backgroundsTitle } from '#features/backgrounds/ui/title.ts';
import { settingsTitle } from '#features/devices/ui/title.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useMedia } from '#platform/media/client/use-media.ts';
import { PageTools } from '#platform/ui/page-tools.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { BreakoutsButton } from './breakouts-button.tsx';
import { JoinRequest } from './join-request.tsx';
import { MoreTools } from './more-tools.tsx';
import { OwnControls } from './own-controls.tsx';
import { PresentTools } from './present-tools.tsx';
import type { SessionEngine } from './session-engine.ts';
import { SheetButton } from './sheet-button.tsx';
import { sideSheet } from './side-sheet.ts';
import { sessionTexts } from './texts.ts';

const ScreenTools = lazy(async () => ({ default: (await import('./screen-tools.tsx')).ScreenTools }));

const openSettings = () => sideSheet.open('settings');

interface BottomBarProps {
  engine: SessionEngine;
  sessionId: string;
  directory: Directory<PersonSummary>;
  onLeave: () => void;
}

export function BottomBar({ engine, sessionId, directory, onLeave }: BottomBarProps) {
  const t = useTexts(sessionTexts);
  const switches = useSyncExternalStore(engine.subscribe, engine.readSwitches);
  const isElsewhere = useMedia(engine.media, ({ status }) => status.is === 'elsewhere');
  const tools = use(PageTools);
  return (
    <footer>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of form fields. */}
      <div className="bottom" role="group" aria-label={t('controls')}>
        {(switches.onStage || switches.inRoom || switches.isComing) && !isElsewhere && (
          <>
            <OwnControls engine={engine} onSettings={openSettings} />
            <MoreTools>
              <SheetButton sheet="settings" icon={Settings} name={settingsTitle()} />
              <SheetButton sheet="backgrounds" icon={Image} name={backgroundsTitle()} label={backgroundsShortTitle()} />
              <BreakoutsButton engine={engine} />
            </MoreTools>
          </>
        )}
        {!isElsewhere && <PresentTools engine={engine} sessionId={sessionId} />}
        {(switches.onStage || switches.inRoom) && !isElsewhere && (
          <Suspense fallback={null}>
            <ScreenTools engine={engine} directory={directory} />
          </Suspense>
        )}
        {!switches.inRoom && <JoinRequest engine={engine} place="bar" />}
        <span className="spring" />
        {tools}
        <button type="button" className="tool tool--leave" aria-label={t('leave')} title={t('leave')} onClick={onLeave}>
          <LogOut className="i" aria-hidden="true" />
          <span>{t('leave')}</span>
        </button>
      </div>
    </footer>
  );
}
