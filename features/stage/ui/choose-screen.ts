// Owns asking the browser for a screen: which sound comes with it, and what a failure means. What is done with it is the caller's.

export interface ChosenScreen {
  picture: MediaStreamTrack;
  /** Null: none was offered, or none was wanted. */
  sound: MediaStreamTrack | null;
}
/** `cancelled`: the person changed their mind. `failed`: the system does not let the browser. */
export type ScreenChoice = { is: 'chosen'; screen: ChosenScreen } | { is: 'cancelled' } | { is: 'failed' };

/** Phones have none. */
export const canShareScreen = (): boolean => typeof navigator.mediaDevices?.getDisplayMedia === 'function';

/** More than this costs the sharer's machine more than it shows anybody. */
const largest = { width: { max: 2560 }, height: { max: 1600 }, frameRate: { ideal: 15, max: 30 } };

interface Wishes extends DisplayMediaStreamOptions {
  selfBrowserSurface: 'exclude';
  surfaceSwitching: 'include';
  systemAudio: 'include' | 'exclude';
}

/** Call inside a click. */
export async function chooseScreen(devices: MediaDevices = navigator.mediaDevices): Promise<ScreenChoice> {
  const known = devices.getSupportedConstraints() as Record<string, boolean>;
  // The others' voices come out of this very page: all of a machine's sound is offered only where they can be left out.
  const leavesUsOut = known.restrictOwnAudio === true;
  const asItIs = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const wishes: Wishes = {
    video: largest,
    audio: { ...asItIs, ...(leavesUsOut && { restrictOwnAudio: true }) },
    // This page in itself would be a hall of mirrors.
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
    systemAudio: leavesUsOut ? 'include' : 'exclude',
  };
  try {
    const stream = await devices.getDisplayMedia(wishes);
    const [picture] = stream.getVideoTracks();
    if (!picture) return { is: 'failed' };
    picture.contentHint = 'detail';
    return { is: 'chosen', screen: { picture, sound: stream.getAudioTracks()[0] ?? null } };
  } catch (error) {
    const { name, message } = error as DOMException;
    // The system's own refusal has the same name as a click on "Cancel".
    const isOwn = (name === 'NotAllowedError' && !/system/i.test(message)) || name === 'AbortError';
    return { is: isOwn ? 'cancelled' : 'failed' };
  }
}

/** All of it, or this page in a window, shows the preview in itself: words are better then. */
export const showsItself = (picture: MediaStreamTrack): boolean =>
  (picture.getSettings() as { displaySurface?: string }).displaySurface === 'monitor';
