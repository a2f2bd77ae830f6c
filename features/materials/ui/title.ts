// Owns the names of the menu and the sheet, known before they are fetched, and what is said of uploads where neither is open.
import { defineTexts } from '#platform/ui/texts.ts';

export const materialsTitles = defineTexts('materialsTitles', {
  en: {
    present: 'Present',
    materials: 'Materials',
    upload: 'Upload presentation',
    embed: 'Embed video',
    uploadEarly: 'Uploading now saves the audience the wait.',
    presentUploading: 'Present, {{percent}} % uploaded',
    uploadDone: '{{name}} is uploaded',
    uploadFailed: '{{name}} was not uploaded',
  },
  de: {
    present: 'Präsentieren',
    materials: 'Materialien',
    upload: 'Präsentation hochladen',
    embed: 'Video einbetten',
    uploadEarly: 'Jetzt hochladen erspart dem Publikum das Warten.',
    presentUploading: 'Präsentieren, {{percent}} % hochgeladen',
    uploadDone: '{{name}} ist hochgeladen',
    uploadFailed: '{{name}} wurde nicht hochgeladen',
  },
});
export const materialsTitle = (): string => materialsTitles.t('materials');
