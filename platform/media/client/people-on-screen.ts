// Owns which arriving tracks are seen and heard: those of people whom the state has on stage, in the elements that tiles have offered.
import type { Participant, RemoteParticipant, RemoteTrack, Room } from 'livekit-client';
import type { Livekit } from './publisher.ts';

/** Offered by tiles; outlives connections. */
export type VideoPlaces = Map<string, Set<HTMLVideoElement>>;

export interface PeopleOnScreen {
  setOnStage(persons: readonly string[]): void;
  /** A tile has offered or withdrawn its element. */
  placesChanged(person: string): void;
  stop(): void;
}

export function createPeopleOnScreen(livekit: Livekit, room: Room, places: VideoPlaces): PeopleOnScreen {
  const { RoomEvent, Track } = livekit;
  let onStage: ReadonlySet<string> = new Set();
  /** Tracks that have carried a picture. */
  const used = new WeakSet<RemoteTrack>();

  const show = (track: RemoteTrack, person: string, isMuted: boolean) => {
    if (!isMuted) used.add(track);
    // While off, a track still holds its last frame: nobody wants to be shown as they were minutes ago. One that
    // never carried any has nothing to hide, and LiveKit is asked for its picture while the word that it is on is still under way.
    const mayShow = onStage.has(person) && (!isMuted || !used.has(track));
    const wanted = mayShow ? (places.get(person) ?? new Set()) : new Set<HTMLVideoElement>();
    for (const element of [...track.attachedElements]) {
      if (!wanted.has(element as HTMLVideoElement)) track.detach(element);
    }
    for (const element of wanted) if (!track.attachedElements.includes(element)) track.attach(element);
  };

  const play = (track: RemoteTrack, person: string) => {
    if (!onStage.has(person)) track.detach();
    else if (track.attachedElements.length === 0) track.attach();
  };

  const present = (participant: RemoteParticipant) => {
    for (const { track, source, isMuted } of participant.trackPublications.values()) {
      if (!track) continue;
      if (source === Track.Source.Camera) show(track as RemoteTrack, participant.identity, isMuted);
      if (source === Track.Source.Microphone) play(track as RemoteTrack, participant.identity);
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
    setOnStage(persons) {
      onStage = new Set(persons);
      for (const participant of room.remoteParticipants.values()) present(participant);
    },
    placesChanged(person) {
      const participant = room.remoteParticipants.get(person);
      if (participant) present(participant);
    },
    stop() {
      onStage = new Set();
      for (const participant of room.remoteParticipants.values()) present(participant);
      room.off(RoomEvent.TrackSubscribed, onSubscribed);
      room.off(RoomEvent.TrackUnsubscribed, onUnsubscribed);
      room.off(RoomEvent.TrackMuted, onMute);
      room.off(RoomEvent.TrackUnmuted, onMute);
    },
  };
}
