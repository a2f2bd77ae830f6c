// Owns a picture of oneself that nobody else sees, on which backgrounds are tried. What others see is left alone.
import { useEffect, useRef, useState } from 'react';
import type { Background } from '#features/backgrounds/backgrounds.ts';
import { openBackground } from '#features/backgrounds/ui/background-filter.ts';
import { CameraPicture } from '#features/devices/ui/camera-picture.ts';
import type { DeviceStore } from '#features/devices/ui/device-store.ts';

export type Preview =
  | { is: 'opening'; track: MediaStreamTrack | null }
  | { is: 'shown'; track: MediaStreamTrack }
  | { is: 'no-camera' }
  | { is: 'failed'; track: MediaStreamTrack | null };

/** Small: it is a thumb's width on the screen, and others' picture wants the machine. */
const previewSize = { width: { ideal: 640 }, height: { ideal: 360 } };

export function useBackgroundPreview(devices: DeviceStore, background: Background): { preview: Preview; isSlow: boolean } {
  const [preview, setPreview] = useState<Preview>({ is: 'opening', track: null });
  const [isSlow, setSlow] = useState(false);
  const picture = useRef<CameraPicture | null>(null);
  const wanted = useRef(background);
  wanted.current = background;
  useEffect(() => {
    let isGone = false;
    const mine = new CameraPicture(openBackground, () => setSlow(true));
    const open = async () => {
      const camera = await devices.borrowCamera().catch(() => null);
      if (isGone) return camera?.giveBack();
      if (!camera) return setPreview({ is: 'no-camera' });
      await camera.track.applyConstraints?.(previewSize).catch(() => undefined);
      // First as it is, so that there is something to look at while the rest is fetched.
      const track = await mine.take(camera.track, 'none');
      if (isGone || !track) return;
      picture.current = mine;
      await show(track);
    };
    const show = async (before: MediaStreamTrack) => {
      setPreview({ is: 'opening', track: before });
      const track = await mine.setLook(wanted.current).catch(() => null);
      if (!isGone) setPreview(track ? { is: 'shown', track } : { is: 'failed', track: before });
    };
    void open();
    return () => {
      isGone = true;
      picture.current = null;
      mine.drop();
    };
  }, [devices]);
  useEffect(() => {
    const mine = picture.current;
    if (!mine) return;
    let isOver = false;
    setSlow(false);
    setPreview((before) => ({ is: 'opening', track: 'track' in before ? before.track : null }));
    mine.setLook(background).then(
      (track) => !isOver && track && setPreview({ is: 'shown', track }),
      () => !isOver && setPreview((before) => ({ is: 'failed', track: 'track' in before ? before.track : null })),
    );
    return () => {
      isOver = true;
    };
  }, [background]);
  return { preview, isSlow };
}
