// Owns the words for a browser that has no virtual backgrounds. Fetched only there.
import { defineTexts } from '#platform/ui/texts.ts';

export const whyNotTexts = defineTexts('backgrounds-why-not', {
  en: {
    browser: 'This browser can’t do backgrounds. Current versions of Chrome, Edge, Firefox and Safari can.',
    graphics:
      'Backgrounds need graphics acceleration (WebGL 2), which this browser does not offer here. It may be switched off in its settings.',
  },
  de: {
    browser: 'Dieser Browser kann keine Hintergründe. Aktuelle Versionen von Chrome, Edge, Firefox und Safari können es.',
    graphics:
      'Hintergründe brauchen Grafikbeschleunigung (WebGL 2), die dieser Browser hier nicht bietet. Vielleicht ist sie in seinen Einstellungen ausgeschaltet.',
  },
});
