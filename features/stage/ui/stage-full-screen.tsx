// Owns the button in the stage's corner that gives it the whole screen. What is presented has one of its own.
import { Maximize, Minimize } from 'lucide-react';
import { useFullScreen, useFullScreenUntilGone } from '#platform/ui/full-screen.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { stageTexts } from './texts.ts';

export function StageFullScreen({ isPresenting }: { isPresenting: boolean }) {
  const t = useTexts(stageTexts);
  const { isFull, toggle } = useFullScreen('stage');
  useFullScreenUntilGone('stage');
  if (!toggle || (isPresenting && !isFull)) return null;
  const name = t(isFull ? 'exitFullScreen' : 'fullScreen');
  const Icon = isFull ? Minimize : Maximize;
  return (
    <button type="button" className="stage-full" aria-label={name} title={name} onClick={toggle}>
      <Icon className="i" aria-hidden="true" />
    </button>
  );
}
