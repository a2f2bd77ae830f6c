// Owns choosing one of the backgrounds by its small picture. What the choice does is whoever's who shows it.
import { Ban, CircleDot, CircleDotDashed } from 'lucide-react';
import { useId } from 'react';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { type Background, backgrounds, isPicture } from '../backgrounds.ts';
import { pictureFiles } from './picture-files.ts';
import { backgroundsTexts } from './texts.ts';
import './backgrounds.css';

interface BackgroundChoicesProps {
  chosen: Background;
  /** It is on its way. */
  isPending: boolean;
  onChoose: (background: Background) => void;
  /** In one row that scrolls, where height is dear. */
  isRow?: boolean;
}

const names = {
  none: 'none',
  blur: 'blur',
  'semi-blur': 'semiBlur',
  office: 'office',
  library: 'library',
  gradient: 'gradient',
  plants: 'plants',
  city: 'city',
  'event-stage': 'eventStage',
} as const satisfies Record<Background, string>;

const icons = { none: Ban, blur: CircleDot, 'semi-blur': CircleDotDashed } as const;

export function BackgroundChoices({ chosen, isPending, onChoose, isRow = false }: BackgroundChoicesProps) {
  const t = useTexts(backgroundsTexts);
  const group = useId();
  const face = (background: Background) => {
    if (isPicture(background)) return <img src={pictureFiles[background].small} alt="" width={192} height={108} />;
    const Icon = icons[background];
    return (
      <span className={`backdrop-plain backdrop-plain--${background}`}>
        <Icon className="i i--l" aria-hidden="true" />
      </span>
    );
  };
  return (
    <fieldset className={isRow ? 'backdrops backdrops--row' : 'backdrops'}>
      <legend className="sr">{t('choose')}</legend>
      {backgrounds.map((background) => (
        <label key={background} className="backdrop">
          <input type="radio" className="sr" name={group} checked={background === chosen} onChange={() => onChoose(background)} />
          <span className="backdrop-face">
            {face(background)}
            {isPending && background === chosen && (
              <span className="backdrop-wait">
                <Spinner />
              </span>
            )}
          </span>
          <span className="backdrop-name">{t(names[background])}</span>
        </label>
      ))}
    </fieldset>
  );
}
