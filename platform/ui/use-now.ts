// Owns the one ticking value that countdowns and clocks render from.
import { useEffect, useState } from 'react';
import { serverNow } from './clock.ts';

/** The server's time in milliseconds, renewed at each full interval so that several clocks change together. */
export function useNow(intervalMs: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const current = serverNow();
      setNow(current);
      timer = setTimeout(tick, intervalMs - (current % intervalMs));
    };
    tick();
    return () => clearTimeout(timer);
  }, [intervalMs]);
  return now;
}
