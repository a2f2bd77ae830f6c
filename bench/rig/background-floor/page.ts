// Owns both sides of the backgrounds bench: a camera blurred by our filter, or by LiveKit's processors as their readme uses them. Which one, the address says.

import type { ProcessorWrapper } from '@livekit/track-processors';
import { BackgroundProcessor } from '@livekit/track-processors';
import { blurRadiusOf } from '#features/backgrounds/backgrounds.ts';
import { openSegmentedPicture } from '#features/backgrounds/ui/segmented-picture.ts';
import { personModelName, visionFolder } from '#features/backgrounds/vision-folder.ts';

const { ours } = JSON.parse(decodeURIComponent(location.hash.slice(1))) as { ours: boolean };
const button = document.querySelector('button') as HTMLButtonElement;
const place = document.querySelector('section') as HTMLElement;
const look = 'blur';

async function stock(camera: MediaStreamTrack): Promise<MediaStreamTrack> {
  const processor = BackgroundProcessor({
    mode: 'background-blur',
    blurRadius: blurRadiusOf(look) ?? undefined,
    assetPaths: { tasksVisionFileSet: visionFolder, modelAssetPath: `${visionFolder}/${personModelName}` },
  });
  const element = document.createElement('video');
  element.muted = true;
  element.srcObject = new MediaStream([camera]);
  await element.play();
  await processor.init({ kind: camera.kind, track: camera, element } as Parameters<
    ProcessorWrapper<Record<string, unknown>>['init']
  >[0]);
  if (!processor.processedTrack) throw new Error('The browser gave no track');
  return processor.processedTrack;
}

button.onclick = async () => {
  const [camera] = (
    await navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720, frameRate: 30 } })
  ).getVideoTracks();
  if (!camera) throw new Error('No camera');
  const track = ours ? (await openSegmentedPicture(camera, look, () => undefined)).track : await stock(camera);
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  place.append(video);
  await video.play();
  const count = () => {
    video.dataset.frames = String(Number(video.dataset.frames ?? 0) + 1);
    video.requestVideoFrameCallback(count);
  };
  video.requestVideoFrameCallback(count);
};
button.disabled = false;
