// Owns the frame around the stage while one is inside, and noticing that it is over.
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useSyncExternalStore } from 'react';
import { openSheet, useIsSheetDrawn } from '#features/support/ui/open-sheet.ts';
import { createDirectory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { closeCodes } from '#platform/live/protocol.ts';
import { useDocumentTitle } from '#platform/ui/document-title.ts';
import { useFullPart } from '#platform/ui/full-screen.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSlice } from '#session/state.ts';
import type { EntranceInfo } from '#shell/events/contract.ts';
import { Announcer } from './announcer.tsx';
import { BottomBar } from './bottom-bar.tsx';
import type { Departure } from './departure.ts';
import { loadPeople, peopleBatch } from './entrance-query.ts';
import { FullScreenUrgent } from './full-screen-urgent.tsx';
import { RoomsTold } from './rooms-told.tsx';
import type { SessionEngine } from './session-engine.ts';
import { SessionPanel } from './session-panel.tsx';
import { SessionStage } from './session-stage.tsx';
import { sideSheet } from './side-sheet.ts';
import { StoppedNotice } from './stopped-notice.tsx';
import { SupportAround } from './support-around.tsx';
import { sessionTexts } from './texts.ts';
import { TopBar } from './top-bar.tsx';
import { useCurtain } from './use-curtain.ts';
import { usePanelTurn } from './use-panel-turn.ts';

const SideSheetPlace = lazy(async () => ({ default: (await import('./side-sheet-place.tsx')).SideSheetPlace }));

/** Closed for good, though the person may still be here: the page says what helps. */
const stoppedBy: Record<number, 'outdated' | 'tooMany' | undefined> = {
  [closeCodes.tooOld]: 'outdated',
  [closeCodes.tooMany]: 'tooMany',
};

interface InsideFrameProps {
  info: EntranceInfo;
  engine: SessionEngine;
  onDeparture: (departure: Departure) => void;
}

export function InsideFrame({ info, engine, onDeparture }: InsideFrameProps) {
  const t = useTexts(sessionTexts);
  const client = useQueryClient();
  const sessionId = info.point.id;
  const { live } = engine;
  const directory = useMemo(
    () => createDirectory({ load: (ids) => loadPeople(sessionId, ids), batch: peopleBatch }),
    [sessionId],
  );
  // Only what the frame shows: a vote or a message must not draw stage and bars again.
  const lifecycle = useLive(live, ({ slices }) => slices.all?.lifecycle);
  const present = useLive(live, ({ slices }) => slices.all?.people.present);
  const onStage = useLive(live, ({ slices }) => slices.all?.stage.onStage);
  const mayDirect = useLive(live, ({ slices }) => slices.backstage !== undefined);
  const isRemoved = useLive(live, ({ slices, personId }) => {
    const own = personId ? (slices[`person:${personId}`] as PersonSlice | undefined) : undefined;
    return own?.people.removed ?? false;
  });
  const closedWith = useLive(live, ({ status }) => (status.is === 'closed' ? status.code : null));
  const stopped = closedWith === null ? null : (stoppedBy[closedWith] ?? null);
  const phase = lifecycle?.phase;
  const isUnattended = lifecycle?.endReason === 'unattended';
  useDocumentTitle(info.point.title, info.event.title);

  useEffect(() => {
    if (isRemoved) onDeparture({ removed: true });
    else if (phase === 'ended') onDeparture({ ended: true, isUnattended });
  }, [isRemoved, phase, isUnattended, onDeparture]);
  useEffect(() => {
    // Signed out, or no longer allowed: the entrance's own request says which, and the shell knows what to do.
    if (closedWith !== null && !stopped) void client.invalidateQueries({ queryKey: ['sessions', sessionId] });
  }, [closedWith, stopped, client, sessionId]);

  const leave = async () => {
    await engine.leave();
    onDeparture({ left: true });
  };
  // What the entrance saw stands until the state has arrived, so that the stage keeps its size.
  const shownPhase = useCurtain(phase, engine.media) ?? info.point.phase;
  const isWaiting = shownPhase === 'scheduled' && engine.as === 'participant';
  const isPictureExpected = onStage?.some((one) => one.camera) ?? true;
  const sheet = useSyncExternalStore(sideSheet.subscribe, () => sideSheet.read().open);
  // Each visit begins with the tabs.
  useEffect(() => () => sideSheet.close({ focusBack: false }), []);
  // One sheet at a time stands in the panel's place.
  const isSupportThere = useIsSheetDrawn();
  useEffect(() => {
    if (isSupportThere) sideSheet.close({ focusBack: false });
  }, [isSupportThere]);
  useEffect(() => {
    if (sheet) openSheet(null);
  }, [sheet]);
  const full = useFullPart();
  const isFull = full !== null;
  const isPanelsTurn = usePanelTurn(isPictureExpected && !isWaiting);
  return (
    <div className={isFull ? `session session--full session--full-${full}` : 'session'}>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <TopBar
        info={info}
        lifecycle={lifecycle}
        present={Object.keys(present ?? {}).length}
        mayDirect={mayDirect}
        serverNow={live.serverNow}
        act={engine.act}
      />
      <main className={isWaiting ? 'mid mid--waiting' : 'mid'}>
        <SessionStage engine={engine} info={info} directory={directory} />
        {lifecycle && isPanelsTurn ? (
          <>
            <SessionPanel
              info={info}
              engine={engine}
              directory={directory}
              isWaiting={isWaiting}
              isHidden={sheet !== null || isSupportThere || isFull}
            />
            {isSupportThere && <div className="panel" aria-hidden="true" />}
            {sheet && (
              <Suspense fallback={<div className="panel" aria-busy="true" />}>
                <SideSheetPlace name={sheet} info={info} engine={engine} directory={directory} isHidden={isFull} />
              </Suspense>
            )}
          </>
        ) : (
          <div className="panel" aria-busy="true" />
        )}
        {isFull && mayDirect && <FullScreenUrgent engine={engine} directory={directory} />}
      </main>
      <SupportAround engine={engine} directory={directory} isFull={isFull}>
        <BottomBar engine={engine} sessionId={sessionId} directory={directory} onLeave={() => void leave()} />
      </SupportAround>
      <Announcer phase={phase} />
      {stopped && <StoppedNotice why={stopped} />}
      <RoomsTold engine={engine} sessionId={sessionId} directory={directory} />
    </div>
  );
}
