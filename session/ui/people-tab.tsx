// Owns what the People tab receives of the state: only what it shows, so that a vote or a message draws nothing of it again.
import { useMemo } from 'react';
import { PeoplePanel } from '#features/people/ui/people-panel.tsx';
import type { OnTheWay } from '#features/people/ui/person-row.tsx';
import type { KeptPlace } from '#features/people/ui/use-kept-place.ts';
import { stageTexts } from '#features/stage/ui/texts.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { AllSlice } from '#session/state.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { microphonesKnown } from './microphones-known.ts';
import { roomOf } from './room-view.ts';
import type { SessionEngine } from './session-engine.ts';

const noIds: readonly string[] = [];
const noMedia = {};
const noRooms: ReadonlyMap<string, string> = new Map();
const nobody: AllSlice['people']['present'] = {};
const none: AllSlice['stage']['onStage'] = [];

interface PeopleTabProps {
  engine: SessionEngine;
  directory: Directory<PersonSummary>;
  kept: KeptPlace;
}

export function PeopleTab({ engine, directory, kept }: PeopleTabProps) {
  const stage = useTexts(stageTexts);
  const { live, act } = engine;
  const self = useLive(live, ({ personId }) => personId);
  const present = useLive(live, ({ slices }) => slices.all?.people.present) ?? nobody;
  const onStage = useLive(live, ({ slices }) => slices.all?.stage.onStage) ?? none;
  const lifecycle = useLive(live, ({ slices }) => slices.all?.lifecycle);
  const removed = useLive(live, ({ slices }) => slices.backstage?.people.removed);
  const banned = useLive(live, ({ slices }) => slices.backstage?.chat.banned);
  const requests = useLive(live, ({ slices }) => slices.backstage?.requests);
  const moderation = useMemo(
    () =>
      removed &&
      banned &&
      requests && {
        removed: Object.keys(removed),
        banned,
        onTheWay: new Map<string, OnTheWay>([
          ...requests.waiting.map(({ person }) => [person, 'asks'] as const),
          ...requests.invitations.map(({ person }) => [person, 'invited'] as const),
          ...requests.countdowns.map(({ person }) => [person, 'coming'] as const),
        ]),
        isLive: lifecycle?.phase === 'live',
        act,
      },
    [removed, banned, requests, lifecycle?.phase, act],
  );
  const breakouts = useLive(live, ({ slices }) => slices.all?.breakouts);
  const rooms = useMemo(() => {
    if (!breakouts || breakouts.is === 'none') return noRooms;
    const names = new Map(breakouts.rooms.map((room) => [room.id, room.name]));
    return new Map(Object.entries(breakouts.where).map(([person, room]) => [person, names.get(room) ?? '']));
  }, [breakouts]);
  const ids = useMemo(() => onStage.map((one) => one.person), [onStage]);
  const here = useLive(live, ({ slices, personId }) => {
    const room = roomOf(slices, personId);
    return room === null ? undefined : slices[`room:${room}`]?.breakouts.media;
  });
  const microphones = useMemo(() => microphonesKnown(onStage, rooms, here ?? noMedia), [onStage, rooms, here]);
  const guests = useMemo(() => onStage.filter((one) => one.as === 'participant').map((one) => one.person), [onStage]);
  return (
    <PeoplePanel
      present={present}
      speakers={lifecycle?.speakers ?? noIds}
      onStage={ids}
      {...microphones}
      guests={guests}
      mutedLabel={stage('microphoneOff')}
      rooms={rooms}
      support={lifecycle?.support ?? noIds}
      self={self}
      directory={directory}
      kept={kept}
      moderation={moderation}
    />
  );
}
