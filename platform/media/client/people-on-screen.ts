// Owns which arriving tracks are seen and heard: the pictures, voices and screens that the state names, whatever LiveKit carries, in the elements that tiles have offered.
import type { Participant, RemoteParticipant, RemoteTrack, Room } from 'livekit-client';
import type { Livekit } from './publisher.ts';

/** Offered by tiles, by person for cameras and by `screenPlace` for screens; outlives connections. */
export type VideoPlaces = Map<string, Set<HTMLVideoElement>>;

export const screenPlace = (person: string): string => `${person} screen`;
const personOf = (place: string): string => place.split(' ')[0] as string;

export interface PeopleOnScreen {
  /** `screens`, `microphones`: those of them whose screen is shared, and whose microphone is on. */
  setOnStage(persons: readonly string[], screens?: readonly string[], microphones?: readonly string[]): void;
  /** A tile has offered or withdrawn its element. */
  placesChanged(place: string): void;
  stop(): void;
}

export function createPeopleOnScreen(livekit: Livekit, room: Room, places: VideoPlaces): PeopleOnScreen {
  const { RoomEvent, Track } = livekit;
  let onStage: ReadonlySet<string> = new Set();
  let sharing: ReadonlySet<string> = new Set();
  let speaking: ReadonlySet<string> = new Set();
  /** Tracks that have carried a picture. */
  const used = new WeakSet<RemoteTrack>();

  const show = (track: RemoteTrack, place: string, isExpected: boolean, isMuted: boolean) => {
    if (!isMuted) used.add(track);
    // While off, a track still holds its last frame: nobody wants to be shown as they were minutes ago. One that
    // never carried any has nothing to hide, and LiveKit is asked for its picture while the word that it is on is still under way.
    const mayShow = isExpected && (!isMuted || !used.has(track));
    const wanted = mayShow ? (places.get(place) ?? new Set()) : new Set<HTMLVideoElement>();
    for (const element of [...track.attachedElements]) {
      if (!wanted.has(element as HTMLVideoElement)) track.detach(element);
    }
    for (const element of wanted) if (!track.attachedElements.includes(element)) track.attach(element);
  };

  const play = (track: RemoteTrack, isExpected: boolean) => {
    if (!isExpected) track.detach();
    else if (track.attachedElements.length === 0) track.attach();
  };

  const present = (participant: RemoteParticipant) => {
    const { identity: person } = participant;
    for (const { track: any, source, isMuted } of participant.trackPublications.values()) {
      const track = any as RemoteTrack | undefined;
      if (!track) continue;
      if (source === Track.Source.Camera) show(track, person, onStage.has(person), isMuted);
      if (source === Track.Source.Microphone) play(track, onStage.has(person) && speaking.has(person));
      if (source === Track.Source.ScreenShare) show(track, screenPlace(person), sharing.has(person), isMuted);
      if (source === Track.Source.ScreenShareAudio) play(track, sharing.has(person));
    }
  };

  const onSubscribed = (_track: RemoteTrack, _publication: unknown, participant: RemoteParticipant) => present(participant);
  const onUnsubscribed = (track: RemoteTrack) => void track.detach();
  room.on(RoomEvent.TrackSubscribed, onSubscribed);
  room.on(RoomEvent.TrackUnsubscribed, onUnsubscribed);
  const onMute = (_publication: unknown, participant: Participant) => {
    const remote = room.remoteParticipants.get(participant.identity);
    if (remote) present(remote);
  };
  room.on(RoomEvent.TrackMuted, onMute);
  room.on(RoomEvent.TrackUnmuted, onMute);

  return {
    setOnStage(persons, screens = [], microphones = []) {
      onStage = new Set(persons);
      sharing = new Set(screens);
      speaking = new Set(microphones);
      for (const participant of room.remoteParticipants.values()) present(participant);
    },
    placesChanged(place) {
      const participant = room.remoteParticipants.get(personOf(place));
      if (participant) present(participant);
    },
    stop() {
      onStage = new Set();
      sharing = new Set();
      speaking = new Set();
      for (const participant of room.remoteParticipants.values()) present(participant);
      room.off(RoomEvent.TrackSubscribed, onSubscribed);
      room.off(RoomEvent.TrackUnsubscribed, onUnsubscribed);
      room.off(RoomEvent.TrackMuted, onMute);
      room.off(RoomEvent.TrackUnmuted, onMute);
    },
  };
}
