// Owns the bar below the stage: am I heard, am I seen, what I may do, and the way out; on phones five tools, with the rest behind "More".
import { LogOut, Settings } from 'lucide-react';
import { Fragment, lazy, Suspense, use, useSyncExternalStore } from 'react';
import { settingsTitle } from '#features/devices/ui/title.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useMedia } from '#platform/media/client/use-media.ts';
import { PageTools } from '#platform/ui/page-tools.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { useMediaQuery } from '#platform/ui/use-media-query.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { BackgroundsButton } from './backgrounds-button.tsx';
import { BreakoutsButton } from './breakouts-button.tsx';
import { JoinRequest } from './join-request.tsx';
import { MoreTools } from './more-tools.tsx';
import { OwnControls } from './own-controls.tsx';
import { PresentTools } from './present-tools.tsx';
import { ScreenQuestion } from './screen-question.tsx';
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

/** In the order of wide screens. `isFirst`: one of the five that a phone has room for. */
interface Tool {
  id: string;
  shown: boolean;
  isFirst: boolean;
  tool: React.ReactNode;
}

export function BottomBar({ engine, sessionId, directory, onLeave }: BottomBarProps) {
  const t = useTexts(sessionTexts);
  const { onStage, inRoom, isComing } = useSyncExternalStore(engine.subscribe, engine.readSwitches);
  const isElsewhere = useMedia(engine.media, ({ status }) => status.is === 'elsewhere');
  const mayDirect = useLive(engine.live, ({ slices }) => slices.backstage !== undefined);
  const isPhone = useMediaQuery('(max-width: 640px)');
  const support = use(PageTools);
  // Who only watches has few enough for all of them.
  const isSeen = (onStage || inRoom || isComing) && !isElsewhere;
  const tools: Tool[] = [
    { id: 'own', shown: isSeen, isFirst: true, tool: <OwnControls engine={engine} onSettings={openSettings} /> },
    {
      id: 'request',
      shown: !inRoom,
      isFirst: true,
      tool: <JoinRequest engine={engine} place="bar" />,
    },
    {
      id: 'settings',
      shown: !isElsewhere,
      isFirst: !isSeen,
      tool: <SheetButton sheet="settings" icon={Settings} name={settingsTitle()} />,
    },
    { id: 'backgrounds', shown: isSeen, isFirst: false, tool: <BackgroundsButton /> },
    { id: 'line', shown: isSeen && mayDirect && !isPhone, isFirst: true, tool: <span className="sep" /> },
    {
      id: 'present',
      shown: !isElsewhere,
      isFirst: mayDirect || !isSeen,
      tool: <PresentTools engine={engine} sessionId={sessionId} />,
    },
    {
      id: 'screen',
      shown: (onStage || inRoom) && !isElsewhere,
      isFirst: false,
      tool: (
        <Suspense fallback={null}>
          <ScreenTools engine={engine} />
        </Suspense>
      ),
    },
    { id: 'breakouts', shown: isSeen, isFirst: false, tool: <BreakoutsButton engine={engine} /> },
  ];
  const here = tools.filter(({ shown }) => shown);
  const inBar = isPhone ? here.filter(({ isFirst }) => isFirst) : here;
  const drawn = (some: readonly Tool[]) => some.map(({ id, tool }) => <Fragment key={id}>{tool}</Fragment>);
  return (
    <footer>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of form fields. */}
      <div className="bottom" role="group" aria-label={t('controls')} tabIndex={-1}>
        {drawn(inBar)}
        {isPhone && isSeen && (
          <MoreTools>
            {drawn(here.filter(({ isFirst }) => !isFirst))}
            {support}
          </MoreTools>
        )}
        <span className="spring" />
        {!(isPhone && isSeen) && support}
        <button type="button" className="tool tool--leave" aria-label={t('leave')} title={t('leave')} onClick={onLeave}>
          <LogOut className="i" aria-hidden="true" />
          <span>{t('leave')}</span>
        </button>
      </div>
      <ScreenQuestion engine={engine} directory={directory} />
    </footer>
  );
}
