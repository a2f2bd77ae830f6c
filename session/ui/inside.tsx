// Owns being inside on the screen: makes the engine for as long as one is in, draws the frame, and says how it was left.
import '#features/chat/ui/chat.css';
import '#features/people/ui/people.css';
import '#features/stage/ui/stage-tiles.css';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { DeviceStore } from '#features/devices/ui/device-store.ts';
import { createDirectory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { closeCodes } from '#platform/live/protocol.ts';
import { useDocumentTitle } from '#platform/ui/document-title.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSlice } from '#session/state.ts';
import type { EntranceInfo } from '#shell/events/contract.ts';
import { Announcer } from './announcer.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { loadPeople, peopleBatch } from './entrance-query.ts';
import type { Entry } from './entry-memory.ts';
import { openEngine } from './open-engine.ts';
import { OutdatedNotice } from './outdated-notice.tsx';
import type { SessionEngine } from './session-engine.ts';
import { SessionPanel } from './session-panel.tsx';
import { SessionStage } from './session-stage.tsx';
import { sessionTexts } from './texts.ts';
import { TopBar } from './top-bar.tsx';

/** How being inside came to its end. */
export type Departure = { left: true } | { ended: true; isUnattended: boolean } | { removed: true };

interface InsideProps {
  info: EntranceInfo;
  entry: Entry;
  devices: DeviceStore;
  onDeparture: (departure: Departure) => void;
}

export function Inside({ info, entry, devices, onDeparture }: InsideProps) {
  const [engine, setEngine] = useState<SessionEngine | null>(null);
  // What one joined with is fixed for the visit; later changes are the engine's own memory.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new engine would be a new visit.
  useEffect(() => {
    const made = openEngine(info, entry, devices);
    setEngine(made);
    return () => made.stop();
  }, []);
  return engine && <InsideFrame info={info} engine={engine} onDeparture={onDeparture} />;
}

interface InsideFrameProps {
  info: EntranceInfo;
  engine: SessionEngine;
  onDeparture: (departure: Departure) => void;
}

function InsideFrame({ info, engine, onDeparture }: InsideFrameProps) {
  const t = useTexts(sessionTexts);
  const client = useQueryClient();
  const sessionId = info.point.id;
  const { live } = engine;
  const directory = useMemo(
    () => createDirectory({ load: (ids) => loadPeople(sessionId, ids), batch: peopleBatch }),
    [sessionId],
  );
  const all = useLive(live, ({ slices }) => slices.all);
  const backstage = useLive(live, ({ slices }) => slices.backstage) ?? null;
  const isRemoved = useLive(live, ({ slices, personId }) => {
    const own = personId ? (slices[`person:${personId}`] as PersonSlice | undefined) : undefined;
    return own?.people.removed ?? false;
  });
  const closedWith = useLive(live, ({ status }) => (status.is === 'closed' ? status.code : null));
  const phase = all?.lifecycle.phase;
  const isUnattended = all?.lifecycle.endReason === 'unattended';
  useDocumentTitle(info.point.title, info.event.title);

  useEffect(() => {
    if (isRemoved) onDeparture({ removed: true });
    else if (phase === 'ended') onDeparture({ ended: true, isUnattended });
  }, [isRemoved, phase, isUnattended, onDeparture]);
  useEffect(() => {
    // Signed out, or no longer allowed: the entrance's own request says which, and the shell knows what to do.
    if (closedWith !== null && closedWith !== closeCodes.tooOld)
      void client.invalidateQueries({ queryKey: ['sessions', sessionId] });
  }, [closedWith, client, sessionId]);

  const leave = async () => {
    await engine.leave();
    onDeparture({ left: true });
  };
  const isWaiting = phase === undefined || (phase === 'scheduled' && engine.as === 'participant');
  return (
    <div className="session">
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <TopBar
        info={info}
        lifecycle={all?.lifecycle}
        present={Object.keys(all?.people.present ?? {}).length}
        mayDirect={backstage !== null}
        serverNow={live.serverNow}
        act={engine.act}
      />
      <main className={isWaiting ? 'mid mid--alone' : 'mid'}>
        <SessionStage engine={engine} info={info} directory={directory} />
        {all && !isWaiting && (
          <SessionPanel sessionId={sessionId} engine={engine} all={all} backstage={backstage} directory={directory} />
        )}
      </main>
      <BottomBar engine={engine} onLeave={() => void leave()} />
      <Announcer phase={phase} />
      {closedWith === closeCodes.tooOld && <OutdatedNotice />}
    </div>
  );
}
