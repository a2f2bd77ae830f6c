// Owns where the pictures are, large for the stage and small for choosing. How they are made is pictures/draw.ts.

import type { PictureName } from '../backgrounds.ts';
import cityThumb from '../pictures/city.thumb.webp';
import city from '../pictures/city.webp';
import eventStageThumb from '../pictures/event-stage.thumb.webp';
import eventStage from '../pictures/event-stage.webp';
import gradientThumb from '../pictures/gradient.thumb.webp';
import gradient from '../pictures/gradient.webp';
import libraryThumb from '../pictures/library.thumb.webp';
import library from '../pictures/library.webp';
import officeThumb from '../pictures/office.thumb.webp';
import office from '../pictures/office.webp';
import plantsThumb from '../pictures/plants.thumb.webp';
import plants from '../pictures/plants.webp';

export const pictureFiles: Record<PictureName, { large: string; small: string }> = {
  office: { large: office, small: officeThumb },
  library: { large: library, small: libraryThumb },
  gradient: { large: gradient, small: gradientThumb },
  plants: { large: plants, small: plantsThumb },
  city: { large: city, small: cityThumb },
  'event-stage': { large: eventStage, small: eventStageThumb },
};
