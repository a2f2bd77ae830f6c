// Owns the amber words over the stage while a connection is being mended: which one, and for how long already.
import { useEffect, useRef, useState } from 'react';
import { useLive, useServerNow } from '#platform/live/client/use-live.ts';
import { useMedia } from '#platform/media/client/use-media.ts';
import { formatClock } from '#platform/ui/format.ts';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { SessionEngine } from './session-engine.ts';
import { sessionTexts } from './texts.ts';

/** What is mended sooner, nobody needs to know of. */
const patienceMs = 1000;
const browserNow = () => Date.now();

export function ReconnectingBanner({ engine }: { engine: SessionEngine }) {
  const t = useTexts(sessionTexts);
  const stateSince = useLive(engine.live, ({ status }) => (status.is === 'reconnecting' ? status.since : null));
  const mediaSince = useMedia(engine.media, ({ status }) => (status.is === 'reconnecting' ? status.since : null));
  const now = useServerNow(browserNow, 500);
  const since = Math.min(stateSince ?? Number.POSITIVE_INFINITY, mediaSince ?? Number.POSITIVE_INFINITY);
  const isShown = now - since >= patienceMs;
  const wasShown = useRef(false);
  const [isBack, setBack] = useState(false);
  useEffect(() => {
    if (wasShown.current !== isShown) setBack(!isShown);
    wasShown.current = isShown;
  }, [isShown]);
  return (
    <>
      <p className="sr" role="status">
        {isShown
          ? `${t('reconnecting')} ${t(mediaSince === null ? 'reconnectingState' : 'reconnectingMedia')}`
          : isBack
            ? t('connectedAgain')
            : ''}
      </p>
      {isShown && (
        <p className="stage-banner">
          <Spinner />
          <span className="grow">
            <b>{t('reconnecting')}</b> {t(mediaSince === null ? 'reconnectingState' : 'reconnectingMedia')}
          </span>
          <span className="num">{formatClock(now - since)}</span>
        </p>
      )}
    </>
  );
}
