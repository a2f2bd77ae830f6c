// Owns the button that makes one tile large for oneself alone.
import { Pin, PinOff } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import { stageTexts } from './texts.ts';

export interface Pinning {
  isPinned: boolean;
  onPin: () => void;
}

export function PinButton({ name, isPinned, onPin }: Pinning & { name: string }) {
  const t = useTexts(stageTexts);
  const label = t(isPinned ? 'unpin' : 'pin', { name });
  const Icon = isPinned ? PinOff : Pin;
  return (
    <button type="button" aria-label={label} title={label} onClick={onPin}>
      <Icon className="i i--s" aria-hidden="true" />
    </button>
  );
}
