// Owns what happens to a participant over the stage: the countdown, and where an invitation stands.
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { trackOf } from '#features/devices/ui/device-status.ts';
import { requestsTexts } from '#features/requests/ui/texts.ts';
import { LevelBars } from '#features/stage/ui/level-bars.tsx';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { Invitation } from './invitation.tsx';
import { useOwnRequests } from './join-request.tsx';
import type { SessionEngine } from './session-engine.ts';

const fetchCurtain = () => import('#features/requests/ui/countdown-curtain.tsx');
const CountdownCurtain = lazy(async () => ({ default: (await fetchCurtain()).CountdownCurtain }));

export function MyWayToStage({ engine, directory }: { engine: SessionEngine; directory: Directory<PersonSummary> }) {
  const t = useTexts(requestsTexts);
  const own = useOwnRequests(engine);
  const self = useLive(engine.live, ({ personId }) => personId);
  const people = useDirectory(directory, own?.countdown && self ? [self] : []);
  const switches = useSyncExternalStore(engine.subscribe, engine.readSwitches);
  const cameraTrack = useSyncExternalStore(engine.devices.subscribe, () => trackOf(engine.devices.read().camera));
  const microphoneTrack = useSyncExternalStore(engine.devices.subscribe, () => trackOf(engine.devices.read().microphone));
  const mayComeSoon = Boolean(own?.request || own?.invitation);
  useEffect(() => {
    // Five seconds are short: it must not be fetched only when they run.
    if (mayComeSoon) void fetchCurtain().catch(() => undefined);
  }, [mayComeSoon]);
  const wasOnStage = useRef(switches.onStage);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (switches.onStage !== wasOnStage.current) setSaid(t(switches.onStage ? 'nowOnScreen' : 'offScreen'));
    wasOnStage.current = switches.onStage;
  }, [switches.onStage, t]);
  const name = self ? (people.get(self)?.name ?? '') : '';
  return (
    <>
      <p className="sr" role="status">
        {said}
      </p>
      {own?.invitation && <Invitation engine={engine} />}
      {own?.countdown && (
        <Suspense fallback={null}>
          <CountdownCurtain
            key={own.countdown.timerId}
            countdown={own.countdown}
            name={name.split(' ')[0] ?? ''}
            microphone={switches.microphone}
            camera={switches.camera}
            cameraTrack={cameraTrack}
            level={<LevelBars track={microphoneTrack} isSentMuted />}
            serverNow={engine.live.serverNow}
            onCancel={() => void engine.act('requests.cancel', {})}
          />
        </Suspense>
      )}
    </>
  );
}
