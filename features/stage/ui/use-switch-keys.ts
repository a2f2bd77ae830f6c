// Owns the keys M (microphone) and V (camera). They never fire while somebody types.
import { useEffect } from 'react';

const typingIn = 'input, textarea, select, [contenteditable="true"], [role="menu"], dialog[open]';

export function useSwitchKeys(onToggle: (name: 'microphone' | 'camera') => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(typingIn)) return;
      const key = event.key.toLowerCase();
      if (key === 'm') onToggle('microphone');
      else if (key === 'v') onToggle('camera');
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [onToggle]);
}
