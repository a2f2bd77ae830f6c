// Owns that the focus goes to the stage when what had it disappears from above or below the picture.
import { useFocusHandover } from '#platform/ui/use-focus-handover.ts';

const stage = () => document.getElementById('main');
export const useFocusOnStage = () => useFocusHandover(stage);
