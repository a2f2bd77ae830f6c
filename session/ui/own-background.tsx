// Owns choosing a background where only oneself sees the picture yet: what is chosen is used at once.
import { Gauge } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { type Background, backgroundOf } from '#features/backgrounds/backgrounds.ts';
import { BackgroundChoices } from '#features/backgrounds/ui/background-choices.tsx';
import { whyNoBackgrounds } from '#features/backgrounds/ui/background-filter.ts';
import { backgroundsTexts } from '#features/backgrounds/ui/texts.ts';
import { whyNotTexts } from '#features/backgrounds/ui/why-not-texts.ts';
import type { DeviceStore } from '#features/devices/ui/device-store.ts';
import { Notice } from '#platform/ui/notice.tsx';
import { useTexts } from '#platform/ui/texts.ts';

export function OwnBackground({ store }: { store: DeviceStore }) {
  const t = useTexts(backgroundsTexts);
  const { look } = useSyncExternalStore(store.subscribe, store.read);
  const [pending, setPending] = useState<Background | null>(null);
  const why = whyNoBackgrounds();
  if (why) return <Notice icon={Gauge}>{whyNotTexts.t(why)}</Notice>;
  const choose = async (background: Background) => {
    setPending(background);
    await store.setLook(background);
    setPending((now) => (now === background ? null : now));
  };
  return (
    <>
      <BackgroundChoices
        chosen={pending ?? backgroundOf(look)}
        isPending={pending !== null}
        onChoose={(background) => void choose(background)}
        isRow
      />
      <p className="sr" role="status">
        {pending ? t('fetching') : ''}
      </p>
    </>
  );
}
