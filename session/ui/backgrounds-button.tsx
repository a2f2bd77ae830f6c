// Owns the button of virtual backgrounds in the bar; where the browser has none, it says why.
import { Image, ImageOff } from 'lucide-react';
import { backgroundsShortTitle, backgroundsTitle } from '#features/backgrounds/ui/title.ts';
import { SheetButton } from './sheet-button.tsx';
import { useWhyNoBackgrounds } from './use-why-no-backgrounds.ts';

export function BackgroundsButton() {
  const why = useWhyNoBackgrounds();
  return (
    <SheetButton
      sheet="backgrounds"
      icon={why ? ImageOff : Image}
      name={backgroundsTitle()}
      label={backgroundsShortTitle()}
      note={why}
    />
  );
}
