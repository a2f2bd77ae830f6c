// Owns the floor of the joins: what livekit-client alone needs from a click to a picture, its token in hand. Nothing of Stagedoor runs here.
import { loadLivekit } from '#platform/media/client/load-livekit.ts';

const { Room, RoomEvent } = await loadLivekit();
const { url, token, publish } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
const button = document.querySelector('button') as HTMLButtonElement;
const stage = document.querySelector('section') as HTMLElement;

const room = new Room(publish ? { dynacast: true, publishDefaults: { simulcast: true } } : {});
room.on(RoomEvent.TrackSubscribed, (track) => void stage.append(track.attach()));
button.onclick = async () => {
  await room.connect(url, token);
  if (publish) await room.localParticipant.setCameraEnabled(true, { resolution: { width: 1280, height: 720, frameRate: 30 } });
  if (publish) await room.localParticipant.setMicrophoneEnabled(true);
};
button.disabled = false;
