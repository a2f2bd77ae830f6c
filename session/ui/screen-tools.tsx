// Owns what the bar has for one's own shared screen: starting it where there is no menu for it, another window, stopping it.
import { AppWindow, MonitorUp, MonitorX } from 'lucide-react';
import '#features/stage/ui/screens.css';
import { useSyncExternalStore } from 'react';
import { canShareScreen } from '#features/stage/ui/choose-screen.ts';
import { screenTexts } from '#features/stage/ui/screen-texts.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { SessionEngine } from './session-engine.ts';

export function ScreenTools({ engine }: { engine: SessionEngine }) {
  const t = useTexts(screenTexts);
  const { live, screen } = engine;
  const { isSharing } = useSyncExternalStore(screen.subscribe, screen.read);
  // Speakers have it in their menu.
  const mayDirect = useLive(live, ({ slices }) => slices.backstage !== undefined);
  return (
    <>
      {isSharing ? (
        <button type="button" className="tool tool--sharing" aria-label={t('stop')} title={t('stop')} onClick={screen.stop}>
          <MonitorX className="i" aria-hidden="true" />
          <span>{t('stop')}</span>
        </button>
      ) : (
        !mayDirect &&
        canShareScreen() && (
          <button type="button" className="tool" aria-label={t('share')} title={t('share')} onClick={() => void screen.share()}>
            <MonitorUp className="i" aria-hidden="true" />
            <span>{t('shortShare')}</span>
          </button>
        )
      )}
      {isSharing && !mayDirect && (
        <button type="button" className="tool" aria-label={t('another')} title={t('another')} onClick={() => void screen.share()}>
          <AppWindow className="i" aria-hidden="true" />
          <span>{t('shortAnother')}</span>
        </button>
      )}
    </>
  );
}
