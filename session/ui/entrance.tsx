// Owns the entrance: oneself at the left (for those who may speak), the Session and the choice of role at the right.
import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { DevicePickers } from '#features/devices/ui/device-pickers.tsx';
import type { DeviceStore } from '#features/devices/ui/device-store.ts';
import { devicesTexts } from '#features/devices/ui/texts.ts';
import { useDeviceKeys } from '#features/devices/ui/use-device-keys.ts';
import { unlockSound } from '#platform/media/client/sound.ts';
import { useDocumentTitle } from '#platform/ui/document-title.ts';
import { PageFrame } from '#platform/ui/page-frame.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { EntranceInfo } from '#shell/events/contract.ts';
import { EntranceFacts } from './entrance-facts.tsx';
import { EntrancePicture } from './entrance-picture.tsx';
import type { Entry } from './entry-memory.ts';
import { fetchAheadWhenIdle } from './fetch-ahead.ts';
import { OwnPicture } from './own-picture.tsx';
import { sessionTexts } from './texts.ts';

interface EntranceProps {
  info: EntranceInfo;
  devices: DeviceStore;
  /** Pressed, and on the way in. */
  isJoining: boolean;
  onJoin: (entry: Entry) => void;
}

export function Entrance({ info, devices, isJoining, onJoin }: EntranceProps) {
  const t = useTexts(sessionTexts);
  const d = useTexts(devicesTexts);
  const found = useSyncExternalStore(devices.subscribe, devices.read);
  const [wanted, setWanted] = useState({ camera: true, microphone: true });
  const maySpeak = info.mayJoinAs.includes('speaker');
  const isLive = info.point.phase === 'live';
  useDocumentTitle(info.point.title, info.event.title);
  useEffect(fetchAheadWhenIdle, []);
  useEffect(() => {
    if (maySpeak) devices.want(wanted);
  }, [devices, maySpeak, wanted]);
  const toggle = useCallback(
    (kind: 'camera' | 'microphone') => setWanted((before) => ({ ...before, [kind]: !before[kind] })),
    [],
  );
  useDeviceKeys({ onToggle: toggle });
  const join = (as: Entry['as']) => {
    // Inside the click: browsers allow sound only then.
    void unlockSound();
    onJoin({ as, ...(as === 'speaker' ? wanted : { camera: false, microphone: false }) });
  };
  const choice = (as: Entry['as'], isFirst: boolean, name: string, about: string) => (
    <div className={isFirst ? 'choice choice--primary' : 'choice'} aria-busy={isJoining}>
      <button type="button" aria-describedby={`about-${as}`} onClick={() => join(as)}>
        {name}
      </button>
      <span id={`about-${as}`}>{about}</span>
    </div>
  );
  return (
    <PageFrame
      mainClass={maySpeak ? 'entrance' : 'entrance entrance--audience'}
      start={
        <Link to="/events/$slug" params={{ slug: info.event.slug }} className="btn btn--quiet back">
          <ChevronLeft className="i" aria-hidden="true" />
          <span className="cut">{info.event.title}</span>
        </Link>
      }
    >
      {maySpeak ? (
        <section className="entrance-left" aria-label={d('section')}>
          <OwnPicture store={devices} devices={found} wanted={wanted} onToggle={toggle} />
          <DevicePickers store={devices} devices={found} />
        </section>
      ) : (
        <EntrancePicture info={info} />
      )}
      <section className="entrance-right" aria-labelledby="entrance-title">
        <EntranceFacts info={info} maySpeak={maySpeak} />
        <div className="choices">
          {maySpeak && choice('speaker', true, t('asSpeaker'), t(isLive ? 'asSpeakerLive' : 'asSpeakerBefore'))}
          {info.mayJoinAs.includes('participant') && choice('participant', !maySpeak, t('asParticipant'), t('asParticipantText'))}
        </div>
        <p className="quiet">{t(maySpeak ? 'noDevices' : 'come')}</p>
      </section>
    </PageFrame>
  );
}
