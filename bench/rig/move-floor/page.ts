// Owns the floor of moves: what livekit-client alone needs to leave one LiveKit room and be in the next. Nothing of Stagedoor runs here.
import type { Room as LivekitRoom } from 'livekit-client';
import { loadLivekit } from '#platform/media/client/load-livekit.ts';

const { Room, RoomEvent } = await loadLivekit();
const { url, token, publish } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
const button = document.querySelector('button') as HTMLButtonElement;
const stage = document.querySelector('section') as HTMLElement;

const connect = async (pass: string): Promise<LivekitRoom> => {
  const room = new Room(publish ? { dynacast: true, publishDefaults: { simulcast: true } } : {});
  room.on(RoomEvent.TrackSubscribed, (track) => void stage.append(track.attach()));
  room.on(RoomEvent.TrackUnsubscribed, (track) => {
    for (const element of track.detach()) element.remove();
  });
  await room.connect(url, pass);
  if (publish) await room.localParticipant.setCameraEnabled(true, { resolution: { width: 1280, height: 720, frameRate: 30 } });
  if (publish) await room.localParticipant.setMicrophoneEnabled(true);
  return room;
};

let room: LivekitRoom | null = null;
button.onclick = async () => {
  room = await connect(token);
};
Object.assign(globalThis, {
  async moveTo(pass: string) {
    await room?.disconnect();
    room = await connect(pass);
  },
});
button.disabled = false;
