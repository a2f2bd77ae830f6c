// Owns the names of the menu and the sheet, known before they are fetched.
import { defineTexts } from '#platform/ui/texts.ts';

export const materialsTitles = defineTexts('materialsTitles', {
  en: {
    present: 'Present',
    materials: 'Materials',
    upload: 'Upload presentation',
    embed: 'Embed video',
    uploadEarly: 'Uploading now saves the audience the wait.',
  },
  de: {
    present: 'Präsentieren',
    materials: 'Materialien',
    upload: 'Präsentation hochladen',
    embed: 'Video einbetten',
    uploadEarly: 'Jetzt hochladen erspart dem Publikum das Warten.',
  },
});
export const materialsTitle = (): string => materialsTitles.t('materials');
