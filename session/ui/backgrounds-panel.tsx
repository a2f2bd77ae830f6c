// Owns choosing a background inside a Session: looked at first, seen by others only after "Apply".
import { Eye, Gauge } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { backgroundOf } from '#features/backgrounds/backgrounds.ts';
import { BackgroundChoices } from '#features/backgrounds/ui/background-choices.tsx';
import { whyNoBackgrounds } from '#features/backgrounds/ui/background-filter.ts';
import { backgroundsTexts } from '#features/backgrounds/ui/texts.ts';
import { whyNotTexts } from '#features/backgrounds/ui/why-not-texts.ts';
import type { DeviceStore } from '#features/devices/ui/device-store.ts';
import { BusyButton } from '#platform/ui/busy-button.tsx';
import { Notice } from '#platform/ui/notice.tsx';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useBackgroundPreview } from './use-background-preview.ts';

export function BackgroundsPanel({ devices }: { devices: DeviceStore }) {
  const t = useTexts(backgroundsTexts);
  const { look, camera } = useSyncExternalStore(devices.subscribe, devices.read);
  const applied = backgroundOf(look);
  const [chosen, setChosen] = useState(applied);
  const [busy, setBusy] = useState(false);
  const { preview, isSlow } = useBackgroundPreview(devices, chosen);
  const video = useRef<HTMLVideoElement>(null);
  const track = 'track' in preview ? preview.track : null;
  useEffect(() => {
    if (video.current) video.current.srcObject = track ? new MediaStream([track]) : null;
  }, [track]);
  const why = whyNoBackgrounds();
  if (why) return <Notice icon={Gauge}>{whyNotTexts.t(why)}</Notice>;
  const apply = async () => {
    setBusy(true);
    await devices.setLook(chosen);
    setBusy(false);
  };
  const waitsFor = track ? t('fetching') : t('cameraStarting');
  return (
    <div className="backgrounds-panel">
      <div className="sheet-preview" aria-busy={preview.is === 'opening'}>
        {track && <video ref={video} className="mirrored" aria-label={t('preview')} autoPlay playsInline muted />}
        {preview.is === 'no-camera' && <p>{t('noCamera')}</p>}
        {preview.is === 'opening' ? (
          <p role="status" className={track ? 'seen' : undefined}>
            <Spinner />
            {waitsFor}
          </p>
        ) : (
          track && (
            <p className="seen">
              <Eye className="i i--s" aria-hidden="true" />
              {t('onlyYou')}
            </p>
          )
        )}
      </div>
      {preview.is === 'failed' && (
        <p className="error" role="alert">
          {t('failed')}
        </p>
      )}
      {isSlow && (
        <Notice icon={Gauge} tone="wait" role="status">
          {t('tooSlow')}
        </Notice>
      )}
      <BackgroundChoices chosen={chosen} isPending={preview.is === 'opening' && track !== null} onChoose={setChosen} />
      <div className="backgrounds-apply">
        {/* It stays when there is nothing to apply: the focus that pressed it must not fall out of the sheet. */}
        <BusyButton
          className="btn btn--primary"
          busy={busy}
          aria-disabled={chosen === applied || undefined}
          onClick={() => void (chosen !== applied && apply())}
        >
          {t(busy ? 'applying' : 'apply')}
        </BusyButton>
        <p className="muted" role="status">
          {chosen === applied ? t(camera.is === 'on' ? 'applied' : 'willApply') : ''}
        </p>
      </div>
    </div>
  );
}
