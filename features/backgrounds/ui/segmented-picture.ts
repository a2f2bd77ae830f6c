// Owns the drawing of a person before another background, on LiveKit's processors. Large: fetched only when a background is used.
import type { BackgroundOptions } from '@livekit/track-processors';
import { BackgroundTransformer, ProcessorWrapper } from '@livekit/track-processors';
import type { FilteredPicture, OpenFilter } from '#features/devices/contract.ts';
import { readChoice } from '#platform/ui/kept-choice.ts';
import { type Background, backgroundOf, blurRadiusOf, isPicture } from '../backgrounds.ts';
import { createKeepingUp, type KeepingUpLimits, usualLimits } from '../keeping-up.ts';
import { personModelName, visionFolder } from '../vision-folder.ts';
import { pictureFiles } from './picture-files.ts';

/** LiveKit's shows a frame as it is at first, and an empty background until a picture has arrived: ours holds frames back instead. */
class HoldingTransformer extends BackgroundTransformer {
  isHolding = true;
  override isFirstFrame = false;

  override async transform(frame: VideoFrame, controller: TransformStreamDefaultController<VideoFrame>): Promise<void> {
    if (this.isHolding || this.isDisabled) frame.close();
    else await super.transform(frame, controller);
  }
}

type StartOptions = Parameters<ProcessorWrapper<BackgroundOptions>['init']>[0];

const assetPaths = { tasksVisionFileSet: visionFolder, modelAssetPath: `${visionFolder}/${personModelName}` };
/** Loading ten megabytes over a slow line takes its time; a machine that draws nothing in this one never will. */
const longestStartMs = 60_000;
let opened = 0;

/** Tests, and who knows better than the measure, set others in the browser's storage. */
function limits(): KeepingUpLimits {
  try {
    return { ...usualLimits, ...(JSON.parse(readChoice('background-limits') ?? '{}') as Partial<KeepingUpLimits>) };
  } catch {
    return usualLimits;
  }
}

async function fetchPicture(background: Background): Promise<ImageBitmap | null> {
  if (!isPicture(background)) return null;
  const answer = await fetch(pictureFiles[background].large);
  if (!answer.ok) throw new Error(`The picture could not be fetched: ${answer.status}`);
  return createImageBitmap(await answer.blob());
}

async function dress(transformer: HoldingTransformer, background: Background): Promise<void> {
  // Everything that can fail comes first: until then the look before stays.
  const picture = await fetchPicture(background);
  transformer.isHolding = true;
  const blurRadius = blurRadiusOf(background);
  transformer.options = {
    ...transformer.options,
    blurRadius: blurRadius ?? undefined,
    imagePath: picture ? background : undefined,
  };
  transformer.gl?.setBlurRadius(blurRadius);
  if (picture) await transformer.gl?.setBackgroundImage(picture);
  transformer.isHolding = false;
}

/** LiveKit's fallback for other browsers draws from an element that plays the camera. */
function playing(camera: MediaStreamTrack): HTMLVideoElement {
  const element = document.createElement('video');
  element.muted = true;
  element.playsInline = true;
  element.srcObject = new MediaStream([camera]);
  void element.play().catch(() => undefined);
  return element;
}

export const openSegmentedPicture: OpenFilter = async (camera, look, onTooSlow): Promise<FilteredPicture> => {
  const keepingUp = createKeepingUp(limits());
  let onFirstFrame = () => {};
  const transformer = new HoldingTransformer({
    assetPaths,
    onFrameProcessed({ processingTimeMs }) {
      onFirstFrame();
      if (keepingUp.note(performance.now(), processingTimeMs)) onTooSlow();
    },
  });
  opened += 1;
  // Its name tells its canvas from others on the page.
  const processor = new ProcessorWrapper<BackgroundOptions>(transformer, `background-${opened}`);
  const element = playing(camera);
  const close = () => {
    transformer.isHolding = true;
    element.srcObject = null;
    void processor.destroy().catch(() => undefined);
  };
  let late: ReturnType<typeof setTimeout> | undefined;
  try {
    await processor.init({ kind: camera.kind, track: camera, element } as StartOptions);
    const seen = new Promise<void>((resolve, reject) => {
      onFirstFrame = resolve;
      late = setTimeout(() => reject(new Error('No frame was drawn')), longestStartMs);
    });
    await dress(transformer, backgroundOf(look));
    await seen;
    const track = processor.processedTrack;
    if (!track) throw new Error('The browser gave no track');
    return { track, show: (next) => dress(transformer, backgroundOf(next)), close };
  } catch (error) {
    close();
    throw error;
  } finally {
    clearTimeout(late);
  }
};
