// Owns the picture of oneself before others see it (entrance, request), with the choice of a background below it.
import { Image, ImageOff } from 'lucide-react';
import type { ComponentProps } from 'react';
import { lazy, Suspense, useId, useState } from 'react';
import { CameraPreview } from '#features/devices/ui/camera-preview.tsx';
import { devicesTexts } from '#features/devices/ui/texts.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { useToldDevices } from './use-told-devices.ts';
import { useWhyNoBackgrounds } from './use-why-no-backgrounds.ts';

const OwnBackground = lazy(async () => ({ default: (await import('./own-background.tsx')).OwnBackground }));

export function OwnPicture(props: Omit<ComponentProps<typeof CameraPreview>, 'children'>) {
  const t = useTexts(devicesTexts);
  const id = useId();
  const why = useWhyNoBackgrounds();
  const Icon = why ? ImageOff : Image;
  const [isChoosing, setChoosing] = useState(false);
  useToldDevices(props.store);
  return (
    <>
      <CameraPreview {...props}>
        <button
          type="button"
          className="round round--named"
          aria-label={t('backgrounds')}
          aria-expanded={isChoosing}
          aria-controls={isChoosing ? id : undefined}
          title={why ?? undefined}
          aria-describedby={why ? `${id}-why` : undefined}
          onClick={() => setChoosing(!isChoosing)}
        >
          <Icon className="i i--l" aria-hidden="true" />
          <span>{t('shortBackgrounds')}</span>
          {why && (
            <span id={`${id}-why`} hidden>
              {why}
            </span>
          )}
        </button>
      </CameraPreview>
      {isChoosing && (
        <div id={id} className="own-background">
          <Suspense fallback={null}>
            <OwnBackground store={props.store} />
          </Suspense>
        </div>
      )}
    </>
  );
}
