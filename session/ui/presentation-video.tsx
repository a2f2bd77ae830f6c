// Owns what the player of a presented video receives of the state: who steers it, who may stop it, and whether the event asks before YouTube is.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { TakeOver } from '#features/materials/ui/take-over.tsx';
import { materialsTexts } from '#features/materials/ui/texts.ts';
import { VideoPlayer } from '#features/materials/ui/video-player.tsx';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { entranceQuery } from './entrance-query.ts';
import type { Focus } from './presentation.ts';
import { roomOf } from './room-view.ts';
import type { SessionEngine } from './session-engine.ts';

interface PresentedVideoProps {
  focus: Extract<Focus, { is: 'video' }>;
  sessionId: string;
  engine: SessionEngine;
  directory: Directory<PersonSummary>;
}

export function PresentedVideo({ focus, sessionId, engine, directory }: PresentedVideoProps) {
  const t = useTexts(materialsTexts);
  const { live, act } = engine;
  const { presented, material } = focus;
  const { data: info } = useQuery(entranceQuery(sessionId, true));
  const self = useLive(live, ({ personId }) => personId);
  const isInRoom = useLive(live, ({ slices, personId }) => roomOf(slices, personId) !== null);
  const mayDirect = useLive(live, ({ slices }) => slices.backstage !== undefined);
  const people = useDirectory(directory, [presented.by]);
  const [isAsking, setAsking] = useState(false);
  const stop = () => {
    // In a breakout room it belongs to all who are in it.
    if (presented.by === self || isInRoom) void act('materials.stop', {});
    else setAsking(true);
  };
  if (!info || !presented.playback) return null;
  return (
    <>
      <VideoPlayer
        key={material.id}
        material={material}
        playback={presented.playback}
        consent={info.event.asksVideoConsent ? info.event.slug : null}
        serverNow={live.serverNow}
        onSet={mayDirect || isInRoom ? (wanted) => act('materials.set-playback', wanted) : undefined}
        onStop={mayDirect ? stop : undefined}
      />
      {isAsking && (
        <TakeOver
          name={people.get(presented.by)?.name ?? t('somebody')}
          isStopping
          onAnswer={(yes) => {
            setAsking(false);
            if (yes) void act('materials.stop', { takeOver: true });
          }}
        />
      )}
    </>
  );
}
