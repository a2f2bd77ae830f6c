// Owns what a key means: M, V, and Space held to talk; and when it means nothing. Pure.

export interface PressedKey {
  key: string;
  /** With Ctrl, Alt or the system's key it is the browser's. */
  hasModifier: boolean;
  isRepeat: boolean;
  /** In a field, a menu or a dialog. */
  isTyping: boolean;
  /** Space presses whatever has the focus. */
  isOnControl: boolean;
}

export type KeyMeaning = 'microphone' | 'camera' | 'talk';

export function meaningOf(pressed: PressedKey, settings: { keys: boolean; holdToTalk: boolean }): KeyMeaning | null {
  if (!settings.keys || pressed.hasModifier || pressed.isRepeat || pressed.isTyping) return null;
  if (pressed.key === ' ') return settings.holdToTalk && !pressed.isOnControl ? 'talk' : null;
  const key = pressed.key.toLowerCase();
  return key === 'm' ? 'microphone' : key === 'v' ? 'camera' : null;
}
