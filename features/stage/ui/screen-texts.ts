// Owns the words of shared screens, one's own and others'.
import { defineTexts } from '#platform/ui/texts.ts';

export const screenTexts = defineTexts('screens', {
  en: {
    share: 'Share your screen',
    shareNote: 'Choose a tab to share its sound too.',
    shortShare: 'Share screen',
    stop: 'Stop sharing',
    another: 'Share another window',
    shortAnother: 'Another window',
    youShare: 'You are sharing your screen',
    shares: '{{name}} is sharing their screen',
    screenOf: 'Screen of {{name}}',
    yourScreen: 'Your screen',
    wholeScreen: 'Everybody sees your whole screen. It is not repeated here, so that it does not show itself.',
    waiting: 'The picture is on its way',
    endOther: 'End this screen share',
    somebody: 'Somebody',
  },
  de: {
    share: 'Bildschirm teilen',
    shareNote: 'Wählen Sie einen Tab, um auch seinen Ton zu teilen.',
    shortShare: 'Teilen',
    stop: 'Teilen beenden',
    another: 'Anderes Fenster teilen',
    shortAnother: 'Anderes Fenster',
    youShare: 'Sie teilen Ihren Bildschirm',
    shares: '{{name}} teilt den Bildschirm',
    screenOf: 'Bildschirm von {{name}}',
    yourScreen: 'Ihr Bildschirm',
    wholeScreen: 'Alle sehen Ihren ganzen Bildschirm. Hier wird er nicht wiederholt, damit er sich nicht selbst zeigt.',
    waiting: 'Das Bild ist unterwegs',
    endOther: 'Dieses Teilen beenden',
    somebody: 'Jemand',
  },
});
