// Owns the floor of coming on stage: what livekit-client alone needs from the permission to a picture, camera and microphone open before. Nothing of Stagedoor runs here.
import type { LocalTrack } from 'livekit-client';
import { loadLivekit } from '#platform/media/client/load-livekit.ts';

const { Room, RoomEvent, createLocalTracks } = await loadLivekit();
const { url, token, publish } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
const button = document.querySelector('button') as HTMLButtonElement;
const stage = document.querySelector('section') as HTMLElement;

const resolution = { width: 1280, height: 720, frameRate: 30 };
const tracks: LocalTrack[] = publish ? await createLocalTracks({ audio: true, video: { resolution } }) : [];
const room = new Room(publish ? { dynacast: true, publishDefaults: { simulcast: true } } : {});
room.on(RoomEvent.TrackSubscribed, (track) => void stage.append(track.attach()));
room.on(RoomEvent.TrackUnsubscribed, (track) => {
  for (const element of track.detach()) element.remove();
});
const send = () => {
  if (!room.localParticipant.permissions?.canPublish) return;
  // The picture is what is waited for.
  for (const track of tracks.splice(0).sort((one) => (one.kind === 'video' ? -1 : 1)))
    void room.localParticipant.publishTrack(track);
};
room.on(
  RoomEvent.ParticipantPermissionsChanged,
  (_before, participant) => void (participant === room.localParticipant && send()),
);
button.onclick = async () => {
  await room.connect(url, token);
  stage.dataset.isConnected = 'yes';
  send();
};
button.disabled = false;
