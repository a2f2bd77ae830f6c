// Owns the button of breakout rooms in the bar, for those who direct the Session as speakers.
import { LayoutGrid } from 'lucide-react';
import { breakoutsTitles } from '#features/breakouts/ui/title.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { SessionEngine } from './session-engine.ts';
import { SheetButton } from './sheet-button.tsx';
import { useLatecomers } from './use-latecomers.ts';

export function BreakoutsButton({ engine }: { engine: SessionEngine }) {
  const t = useTexts(breakoutsTitles);
  const mayDirect = useLive(engine.live, ({ slices }) => slices.backstage !== undefined);
  const isOpen = useLive(engine.live, ({ slices }) => slices.all !== undefined && slices.all.breakouts.is !== 'none');
  const latecomers = useLatecomers(engine);
  const title = t(isOpen ? 'manage' : 'plan');
  const name = latecomers > 0 ? `${title}, ${t('latecomers', { count: latecomers })}` : title;
  return mayDirect && <SheetButton sheet="breakouts" icon={LayoutGrid} name={name} label={title} badge={latecomers} />;
}
