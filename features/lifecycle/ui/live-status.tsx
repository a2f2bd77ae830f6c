// Owns the red "Live" and the time since it began; before that, the time until it is planned to begin.
import { Clock } from 'lucide-react';
import { useServerNow } from '#platform/live/client/use-live.ts';
import { formatClock } from '#platform/ui/format.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { LifecycleState } from '../contract.ts';
import { lifecycleTexts } from './texts.ts';

interface LiveStatusProps {
  lifecycle: LifecycleState;
  serverNow: () => number;
}

export function LiveStatus({ lifecycle, serverNow }: LiveStatusProps) {
  const t = useTexts(lifecycleTexts);
  const now = useServerNow(serverNow, 1000);
  if (lifecycle.phase === 'live' && lifecycle.startedAt) {
    return (
      <span className="live-status">
        <output className="live" aria-label={t('live')}>
          {t('live')}
        </output>
        <time className="stat stat--strong" role="timer" aria-label={t('elapsed')}>
          {formatClock(now - Date.parse(lifecycle.startedAt))}
        </time>
      </span>
    );
  }
  const untilStartMs = Date.parse(lifecycle.startsAt) - now;
  if (lifecycle.phase !== 'scheduled' || untilStartMs <= 0) return null;
  return (
    <span className="stat starts-in" title={t('startsIn')}>
      <Clock className="i" aria-hidden="true" />
      <span className="sr">{t('startsIn')}</span>
      <time role="timer" aria-label={t('startsIn')}>
        {formatClock(untilStartMs)}
      </time>
    </span>
  );
}
