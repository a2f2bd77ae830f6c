// Owns the bar below the stage: am I heard, am I seen, and the way out.
import { LogOut } from 'lucide-react';
import { use, useSyncExternalStore } from 'react';
import { useMedia } from '#platform/media/client/use-media.ts';
import { PageTools } from '#platform/ui/page-tools.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { JoinRequest } from './join-request.tsx';
import { OwnControls } from './own-controls.tsx';
import type { SessionEngine } from './session-engine.ts';
import { sessionTexts } from './texts.ts';

const openSettings = () => {};

interface BottomBarProps {
  engine: SessionEngine;
  onLeave: () => void;
}

export function BottomBar({ engine, onLeave }: BottomBarProps) {
  const t = useTexts(sessionTexts);
  const switches = useSyncExternalStore(engine.subscribe, engine.readSwitches);
  const isElsewhere = useMedia(engine.media, ({ status }) => status.is === 'elsewhere');
  const tools = use(PageTools);
  return (
    <footer>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of form fields. */}
      <div className="bottom" role="group" aria-label={t('controls')}>
        {(switches.onStage || switches.inRoom || switches.isComing) && !isElsewhere && (
          <OwnControls engine={engine} onSettings={openSettings} />
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
