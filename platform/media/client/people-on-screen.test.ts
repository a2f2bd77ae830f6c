// Which arriving tracks are seen and heard, against a LiveKit in memory.
import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PeopleOnScreen } from './people-on-screen.ts';
import { createPeopleOnScreen, screenPlace } from './people-on-screen.ts';
import type { Livekit } from './publisher.ts';

const livekit = {
  RoomEvent: { TrackSubscribed: 'subscribed', TrackUnsubscribed: 'unsubscribed', TrackMuted: 'muted', TrackUnmuted: 'unmuted' },
  Track: { Source: { Camera: 'camera', Microphone: 'microphone', ScreenShare: 'screen', ScreenShareAudio: 'screen sound' } },
} as unknown as Livekit;

class FakeTrack {
  attachedElements: unknown[] = [];
  attach(element: unknown = 'own element') {
    this.attachedElements.push(element);
  }
  detach(element?: unknown) {
    this.attachedElements = element === undefined ? [] : this.attachedElements.filter((one) => one !== element);
  }
}
type FakeRoom = EventEmitter & { remoteParticipants: Map<string, unknown> };

let room: FakeRoom;
let screen: PeopleOnScreen;
let places: Map<string, Set<HTMLVideoElement>>;
const element = 'tile' as unknown as HTMLVideoElement;

function arrive(identity: string) {
  const camera = { track: new FakeTrack(), source: 'camera', isMuted: false };
  const microphone = { track: new FakeTrack(), source: 'microphone', isMuted: false };
  const participant = { identity, trackPublications: new Map(Object.entries({ camera, microphone })) };
  room.remoteParticipants.set(identity, participant);
  room.emit('subscribed', camera.track, camera, participant);
  return { camera, microphone, participant };
}

beforeEach(() => {
  room = Object.assign(new EventEmitter(), { remoteParticipants: new Map() });
  places = new Map([['ada', new Set([element])]]);
  screen = createPeopleOnScreen(livekit, room as never, places);
});

describe('people on screen', () => {
  it('shows and plays only those whom the state has on stage', () => {
    const { camera, microphone } = arrive('ada');
    expect([camera.track.attachedElements, microphone.track.attachedElements]).toEqual([[], []]);
    screen.setOnStage(['ada'], [], ['ada']);
    expect(camera.track.attachedElements).toEqual([element]);
    expect(microphone.track.attachedElements).toHaveLength(1);
    screen.setOnStage([], [], ['ada']);
    expect([camera.track.attachedElements, microphone.track.attachedElements]).toEqual([[], []]);
  });

  it('plays nobody whose microphone the state has off, however loud LiveKit carries them', () => {
    screen.setOnStage(['ada'], [], ['ada']);
    const { microphone, participant } = arrive('ada');
    expect(microphone.track.attachedElements).toHaveLength(1);
    screen.setOnStage(['ada'], [], ['ben']);
    expect(microphone.track.attachedElements).toEqual([]);
    const another = { ...microphone, track: new FakeTrack() };
    participant.trackPublications.set('another', another);
    room.emit('subscribed', another.track, another, participant);
    room.emit('unmuted', microphone, participant);
    expect([another.track.attachedElements, microphone.track.attachedElements]).toEqual([[], []]);
    screen.setOnStage(['ada'], [], ['ada']);
    expect(microphone.track.attachedElements).toHaveLength(1);
  });

  it('shows a picture in the tile that offers itself later', () => {
    places.clear();
    screen.setOnStage(['ada']);
    const { camera } = arrive('ada');
    expect(camera.track.attachedElements).toEqual([]);
    places.set('ada', new Set([element]));
    screen.placesChanged('ada');
    expect(camera.track.attachedElements).toEqual([element]);
    places.get('ada')?.clear();
    screen.placesChanged('ada');
    expect(camera.track.attachedElements).toEqual([]);
  });

  it('shows no old frame of a camera that is off', () => {
    screen.setOnStage(['ada']);
    const { camera, participant } = arrive('ada');
    camera.isMuted = true;
    room.emit('muted', camera, participant);
    expect(camera.track.attachedElements).toEqual([]);
    camera.isMuted = false;
    room.emit('unmuted', camera, participant);
    expect(camera.track.attachedElements).toEqual([element]);
  });

  it('asks for the picture of somebody who comes on stage before the word that it is on has arrived', () => {
    const { camera, participant } = arrive('ada');
    const fresh = { ...camera, track: new FakeTrack(), isMuted: true };
    participant.trackPublications.set('camera', fresh);
    room.emit('subscribed', fresh.track, fresh, participant);
    expect(fresh.track.attachedElements).toEqual([]);
    screen.setOnStage(['ada']);
    expect(fresh.track.attachedElements).toEqual([element]);
  });

  it('shows and plays a screen only while the state names it, whoever is on stage', () => {
    const large = 'large place' as unknown as HTMLVideoElement;
    places.set(screenPlace('ada'), new Set([large]));
    screen.setOnStage(['ada']);
    const { participant, camera } = arrive('ada');
    const picture = { track: new FakeTrack(), source: 'screen', isMuted: false };
    const sound = { track: new FakeTrack(), source: 'screen sound', isMuted: false };
    participant.trackPublications.set('screen', picture).set('sound', sound);
    room.emit('subscribed', picture.track, picture, participant);
    expect([picture.track.attachedElements, sound.track.attachedElements]).toEqual([[], []]);
    screen.setOnStage(['ada'], ['ada']);
    expect(picture.track.attachedElements).toEqual([large]);
    expect(sound.track.attachedElements).toHaveLength(1);
    expect(camera.track.attachedElements).toEqual([element]);
    places.get(screenPlace('ada'))?.clear();
    screen.placesChanged(screenPlace('ada'));
    expect(picture.track.attachedElements).toEqual([]);
    screen.setOnStage(['ada'], []);
    expect([picture.track.attachedElements, sound.track.attachedElements]).toEqual([[], []]);
    screen.setOnStage(['ada'], ['ada']);
    screen.stop();
    expect(sound.track.attachedElements).toEqual([]);
  });

  it('leaves nothing behind', () => {
    screen.setOnStage(['ada'], [], ['ada']);
    const { camera, microphone } = arrive('ada');
    screen.stop();
    expect([camera.track.attachedElements, microphone.track.attachedElements]).toEqual([[], []]);
    expect(room.eventNames()).toEqual([]);
  });
});
