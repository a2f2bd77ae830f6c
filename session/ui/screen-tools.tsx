// Owns what the bar has for one's own shared screen: starting it where there is no menu for it, stopping it, and the question before another's ends.
import { AppWindow, MonitorUp, MonitorX } from 'lucide-react';
import '#features/stage/ui/screens.css';
import { useSyncExternalStore } from 'react';
import { TakeOver } from '#features/materials/ui/take-over.tsx';
import { canShareScreen } from '#features/stage/ui/choose-screen.ts';
import { screenTexts } from '#features/stage/ui/screen-texts.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { SessionEngine } from './session-engine.ts';

export function ScreenTools({ engine, directory }: { engine: SessionEngine; directory: Directory<PersonSummary> }) {
  const t = useTexts(screenTexts);
  const { live, screen } = engine;
  const { isSharing, asks } = useSyncExternalStore(screen.subscribe, screen.read);
  // Speakers have it in their menu.
  const mayDirect = useLive(live, ({ slices }) => slices.backstage !== undefined);
  const people = useDirectory(directory, asks === null ? [] : [asks]);
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
        </button>
      )}
      {asks !== null && <TakeOver name={people.get(asks)?.name ?? t('somebody')} onAnswer={(yes) => void screen.answer(yes)} />}
    </>
  );
}
