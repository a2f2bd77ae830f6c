// Owns the top line of a Lobby card: live and for how long, or the countdown to the start.
import { formatClock } from '#platform/ui/format.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { useNow } from '#platform/ui/use-now.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { ProgramPoint } from '#shell/events/contract.ts';
import { eventsTexts } from './texts.ts';

/** Seconds matter only near the start; before that they are restless. */
const bySecondsBelowMs = 60 * 60_000;

export function LobbyState({ point }: { point: ProgramPoint }) {
  const t = useTexts(eventsTexts);
  const format = useFormat();
  const now = useNow(1000);
  if (point.phase === 'live') {
    const sinceMs = now - Date.parse(point.startedAt ?? point.startsAt);
    return (
      <p className="lobby-state">
        <span className="live">{t('live')}</span>
        <span className="muted num">{t('inside', { count: point.present })}</span>
        <span className="quiet lobby-late">
          {sinceMs < 60_000 ? t('justStarted') : t('startedAgo', { duration: format.duration(sinceMs) })}
        </span>
      </p>
    );
  }
  const leftMs = Date.parse(point.startsAt) - now;
  if (leftMs <= 0) return <p className="lobby-state lobby-count">{t('startsAnyMoment')}</p>;
  return (
    <p className="lobby-state">
      <span className="muted">{t('startsInLabel')}</span>
      <span className="lobby-count num" role="timer">
        {leftMs < bySecondsBelowMs ? formatClock(leftMs + 999) : format.duration(leftMs)}
      </span>
    </p>
  );
}
