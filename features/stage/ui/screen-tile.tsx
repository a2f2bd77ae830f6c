// Owns a shared screen that is not in focus: small, among the people.
import { MonitorUp, MonitorX } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import type { Pinning } from './pin-button.tsx';
import { PinButton } from './pin-button.tsx';
import { screenTexts } from './screen-texts.ts';
import type { ScreenVideoProps } from './screen-video.tsx';
import { ScreenVideo } from './screen-video.tsx';

interface ScreenTileProps extends ScreenVideoProps {
  name: string;
  isSelf: boolean;
  pinning?: Pinning;
  /** For speakers: ends somebody else's. */
  onStop?: () => void;
}

export function ScreenTile({ name, isSelf, pinning, onStop, ...video }: ScreenTileProps) {
  const t = useTexts(screenTexts);
  const label = isSelf ? t('yourScreen') : t('screenOf', { name });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; this groups a picture with its name.
    <div className={pinning?.isPinned ? 'tile tile--screen tile--pinned' : 'tile tile--screen'} role="group" aria-label={label}>
      <ScreenVideo {...video} />
      <div className="plate">
        <MonitorUp className="i" aria-hidden="true" />
        <span className="cut" dir="auto" title={label}>
          {label}
        </span>
      </div>
      {(pinning || (onStop && !isSelf)) && (
        <div className="tile-acts">
          {pinning && <PinButton name={label} {...pinning} />}
          {onStop && !isSelf && (
            <button type="button" aria-label={t('endOther')} title={t('endOther')} onClick={onStop}>
              <MonitorX className="i i--s" aria-hidden="true" />
            </button>
          )}
        </div>
      )}
    </div>
  );
}
