// Owns what the stage shows: the curtain before the start, the people on it, and what stands in between (reconnecting, another tab, blocked sound).
import { MonitorSmartphone, Volume2 } from 'lucide-react';
import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import { BackstageNote } from '#features/lifecycle/ui/backstage-note.tsx';
import { lifecycleTexts } from '#features/lifecycle/ui/texts.ts';
import { WaitingStage } from '#features/lifecycle/ui/waiting-stage.tsx';
import { StageFullScreen } from '#features/stage/ui/stage-full-screen.tsx';
import { StageGrid } from '#features/stage/ui/stage-grid.tsx';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useMedia } from '#platform/media/client/use-media.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { EntranceInfo } from '#shell/events/contract.ts';
import { arriving, useArriving } from './arriving.ts';
import { MyWayToStage } from './my-way-to-stage.tsx';
import { useFocus } from './presentation.ts';
import { ReconnectingBanner } from './reconnecting-banner.tsx';
import type { SessionEngine } from './session-engine.ts';
import { sideSheet } from './side-sheet.ts';
import { StageNotices } from './stage-notices.tsx';
import { sessionTexts } from './texts.ts';
import { useCurtain } from './use-curtain.ts';
import { useDirection } from './use-direction.ts';
import { usePeopleHere } from './use-people-here.ts';

const PresentationPlace = lazy(async () => ({ default: (await import('./presentation-place.tsx')).PresentationPlace }));
// Needed at once by everybody when rooms open: fetched before, and never in the way of the rest.
const stageRooms = arriving(
  () => import('./stage-rooms.tsx'),
  (module) => module.StageRooms,
);
const stageRoomLine = arriving(
  () => import('./stage-room-line.tsx'),
  (module) => module.StageRoomLine,
);

const openSettings = () => sideSheet.open('settings');

interface SessionStageProps {
  engine: SessionEngine;
  info: EntranceInfo;
  directory: Directory<PersonSummary>;
}

export function SessionStage({ engine, info, directory }: SessionStageProps) {
  const t = useTexts(sessionTexts);
  const l = useTexts(lifecycleTexts);
  const format = useFormat();
  const { live, media } = engine;
  const lifecycle = useLive(live, ({ slices }) => slices.all?.lifecycle);
  const onStage = usePeopleHere(engine);
  const focus = useFocus(engine);
  const present = useLive(live, ({ slices }) => slices.all?.people.present) ?? {};
  const self = useLive(live, ({ personId }) => personId);
  const isElsewhere = useMedia(media, ({ status }) => status.is === 'elsewhere');
  const hasRooms = useLive(live, ({ slices }) => slices.all !== undefined && slices.all.breakouts.is !== 'none') && !isElsewhere;
  const StageRooms = useArriving(stageRooms, hasRooms);
  const StageRoomLine = useArriving(stageRoomLine, hasRooms);
  const isSoundBlocked = useMedia(media, ({ soundBlocked }) => soundBlocked);
  const direction = useDirection(engine);
  const ids = onStage.map((one) => one.person);
  const inFocus = focus?.is === 'screen' ? focus.person : null;
  const screens = onStage.filter((one) => one.screen && one.person !== inFocus).map((one) => one.person);
  const ownScreen = useSyncExternalStore(engine.screen.subscribe, () => engine.screen.read().picture);
  const people = useDirectory(directory, ids);
  const isWaiting =
    useCurtain(lifecycle?.phase, media) === 'scheduled' && !ids.includes(self ?? '') && engine.as === 'participant';

  const hasPdf = focus?.is === 'pdf';
  useEffect(() => {
    // Beside the place where it will stand, not after it.
    if (hasPdf) void import('./presentation-pdf.tsx').catch(() => undefined);
  }, [hasPdf]);

  const content = () => {
    if (isElsewhere) {
      return (
        <EmptyState icon={MonitorSmartphone} level={2} title={t('elsewhereTitle')} text={t('elsewhereText')}>
          <button type="button" className="btn btn--primary" onClick={() => engine.continueHere()}>
            {t('continueHere')}
          </button>
        </EmptyState>
      );
    }
    if (!lifecycle) {
      return (
        <p className="stage-wait" role="status">
          <Spinner />
          {t('connecting')}
        </p>
      );
    }
    if (isWaiting) {
      const backstage = ids.flatMap((id) => people.get(id) ?? []);
      return (
        <WaitingStage
          title={info.point.title}
          companies={info.point.companies}
          startsAt={lifecycle.startsAt}
          backstage={backstage}
          serverNow={live.serverNow}
        />
      );
    }
    const { unattended } = lifecycle;
    const emptyText = unattended ? l('unattended', { time: format.time(unattended.closesAt) }) : undefined;
    const waiting = Object.keys(present).filter((person) => !ids.includes(person)).length;
    return (
      <>
        {lifecycle.phase === 'scheduled' && <BackstageNote lifecycle={lifecycle} waiting={waiting} serverNow={live.serverNow} />}
        {/* The same box in both cases, so that no picture is taken down when something is shown beside it. */}
        <div className={focus ? 'focus' : 'unfocused'}>
          {focus && (
            <Suspense fallback={<div className="show" aria-busy="true" />}>
              <PresentationPlace focus={focus} sessionId={info.point.id} engine={engine} directory={directory} />
            </Suspense>
          )}
          <StageGrid
            onStage={onStage}
            screens={screens}
            ownScreen={ownScreen}
            self={self}
            directory={directory}
            media={media}
            isStrip={focus !== null}
            emptyText={emptyText}
            direction={direction}
            onAdvice={openSettings}
          />
        </div>
        <StageFullScreen isPresenting={focus !== null} />
      </>
    );
  };
  return (
    <section id="main" className={isWaiting && !isElsewhere ? 'stage house' : 'stage'} aria-label={t('stage')} tabIndex={-1}>
      <ReconnectingBanner engine={engine} />
      {hasRooms && StageRooms && <StageRooms engine={engine} sessionId={info.point.id} directory={directory} />}
      {content()}
      {hasRooms && StageRoomLine && <StageRoomLine engine={engine} />}
      <StageNotices engine={engine} directory={directory} />
      {engine.as === 'participant' && lifecycle?.phase === 'live' && !isElsewhere && (
        <MyWayToStage engine={engine} directory={directory} />
      )}
      {isSoundBlocked && !isWaiting && !isElsewhere && (
        <button type="button" className="btn btn--primary btn--l stage-act" onClick={() => void media.turnOnSound()}>
          <Volume2 className="i" aria-hidden="true" />
          {t('turnOnSound')}
        </button>
      )}
    </section>
  );
}
