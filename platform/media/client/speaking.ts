// Owns who counts as speaking: on a little after sound begins, off a while after it ends, so that rings do not flicker.

export interface Speaking {
  /** Those from whom sound arrives now. */
  heard(persons: Iterable<string>): void;
  stop(): void;
}

export const onAfterMs = 200;
export const offAfterMs = 800;

export function createSpeaking(onChange: (speaking: ReadonlySet<string>) => void): Speaking {
  let shown: ReadonlySet<string> = new Set();
  let sounding: ReadonlySet<string> = new Set();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const settle = (person: string) => {
    timers.delete(person);
    const next = new Set(shown);
    if (sounding.has(person)) next.add(person);
    else next.delete(person);
    shown = next;
    onChange(shown);
  };

  return {
    heard(persons) {
      sounding = new Set(persons);
      for (const person of new Set([...sounding, ...shown, ...timers.keys()])) {
        const wanted = sounding.has(person);
        if (wanted === shown.has(person)) {
          clearTimeout(timers.get(person));
          timers.delete(person);
        } else if (!timers.has(person)) {
          timers.set(person, setTimeout(settle, wanted ? onAfterMs : offAfterMs, person));
        }
      }
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
