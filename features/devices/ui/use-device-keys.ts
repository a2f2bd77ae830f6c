// Owns listening for the keys M and V, and for Space held to talk. What a key means is keys.ts's.
import { useEffect, useRef } from 'react';
import { meaningOf } from '../keys.ts';
import { deviceSettings } from './device-settings.ts';

const typingIn = 'input, textarea, select, [contenteditable="true"], [role="menu"], dialog[open]';
const controls =
  'a[href], button, summary, video[controls], iframe, [tabindex]:not([tabindex="-1"]), [role="button"], [role="tab"], [role="option"]';

interface DeviceKeys {
  onToggle: (name: 'microphone' | 'camera') => void;
  /** Absent: Space means nothing here. */
  isMicrophoneOn?: () => boolean;
}

export function useDeviceKeys(keys: DeviceKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    let isTalking = false;
    const endTalk = () => {
      if (!isTalking) return;
      isTalking = false;
      // Somebody else may have muted me meanwhile.
      if (latest.current.isMicrophoneOn?.()) latest.current.onToggle('microphone');
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const at = event.target instanceof Element ? event.target : null;
      const { key, repeat: isRepeat } = event;
      const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
      const isTyping = Boolean(at?.closest(typingIn));
      const isOnControl = Boolean(at?.closest(controls));
      const meaning = meaningOf({ key, hasModifier, isRepeat, isTyping, isOnControl }, deviceSettings.read());
      const { onToggle, isMicrophoneOn } = latest.current;
      // Held, it must not scroll the page either.
      if (key === ' ' && (isTalking || (meaning === 'talk' && isMicrophoneOn))) event.preventDefault();
      if (meaning === 'talk') {
        if (!isMicrophoneOn || isMicrophoneOn()) return;
        isTalking = true;
        onToggle('microphone');
      } else if (meaning) {
        isTalking = false;
        onToggle(meaning);
      }
    };
    const onKeyUp = (event: KeyboardEvent) => event.key === ' ' && endTalk();
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keyup', onKeyUp);
    // Released in another window, the key is never heard of again.
    window.addEventListener('blur', endTalk);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keyup', onKeyUp);
      window.removeEventListener('blur', endTalk);
      endTalk();
    };
  }, []);
}
