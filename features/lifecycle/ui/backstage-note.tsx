// Owns the words above the stage while a speaker is backstage: not seen yet, who waits, and when the start is possible.
import { EyeOff } from 'lucide-react';
import { useServerNow } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { LifecycleState } from '../contract.ts';
import { startPossibleAt } from '../contract.ts';
import { lifecycleTexts } from './texts.ts';

interface BackstageNoteProps {
  lifecycle: LifecycleState;
  waiting: number;
  serverNow: () => number;
}

export function BackstageNote({ lifecycle, waiting, serverNow }: BackstageNoteProps) {
  const t = useTexts(lifecycleTexts);
  const format = useFormat();
  const possibleAt = startPossibleAt(lifecycle);
  const isPossible = useServerNow(serverNow, 1000) >= Date.parse(possibleAt);
  return (
    <p className="backstage-note">
      <EyeOff className="i" aria-hidden="true" />
      <span className="grow">
        <b>{t('backstageTitle')}.</b> {t('backstageText')}{' '}
        <span className="num">{isPossible ? t('canStartNow') : t('canStartFrom', { time: format.time(possibleAt) })}</span>
      </span>
      {waiting > 0 && <span className="num">{t('waiting', { count: waiting })}</span>}
    </p>
  );
}
