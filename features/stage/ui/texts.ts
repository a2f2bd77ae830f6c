// Owns the words of the stage and of one's own microphone and camera.
import { defineTexts } from '#platform/ui/texts.ts';

export const stageTexts = defineTexts('stage', {
  en: {
    you: 'You',
    selfName: '{{name}} (you)',
    unknown: 'Somebody',
    microphoneOff: 'Microphone off',
    cameraOff: 'Camera off',
    poor: 'Poor connection',
    mute: 'Mute microphone',
    unmute: 'Unmute microphone',
    cameraOffAction: 'Turn camera off',
    cameraOnAction: 'Turn camera on',
    shortMute: 'Mute',
    shortUnmute: 'Unmute',
    shortCamera: 'Camera',
    emptyTitle: 'Nobody is on stage',
    emptyText: 'The speakers are on their way back.',
  },
  de: {
    you: 'Sie',
    selfName: '{{name}} (Sie)',
    unknown: 'Jemand',
    microphoneOff: 'Mikrofon aus',
    cameraOff: 'Kamera aus',
    poor: 'Schlechte Verbindung',
    mute: 'Mikrofon stummschalten',
    unmute: 'Mikrofon einschalten',
    cameraOffAction: 'Kamera ausschalten',
    cameraOnAction: 'Kamera einschalten',
    shortMute: 'Stumm',
    shortUnmute: 'Ton an',
    shortCamera: 'Kamera',
    emptyTitle: 'Niemand ist auf der Bühne',
    emptyText: 'Die Sprechenden kommen gleich zurück.',
  },
});
