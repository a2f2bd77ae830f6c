// Owns how stored events of older shapes are read: a version for each type of event, and a step from each version to the next. Pure.
import type { AudienceEvent, Decider } from './contract.ts';

type Body = AudienceEvent['body'];
/** By type of event, the steps that lift a body from version 1 to 2, from 2 to 3 … A type that is not named is at version 1. */
export type Upcasters = Readonly<Record<string, readonly ((body: Body) => Body)[]>>;

export function versionsOf(upcasters: Upcasters): Required<Pick<Decider, 'versionOf' | 'upcast'>> {
  const stepsOf = (type: string) => (Object.hasOwn(upcasters, type) ? (upcasters[type] ?? []) : []);
  return {
    versionOf: (type) => stepsOf(type).length + 1,
    upcast(event) {
      const steps = stepsOf(event.type);
      const current = steps.length + 1;
      if (event.v === current) return event;
      // Taken for what it is not, it would lead to a wrong state, and that to wrong events.
      if (event.v > current)
        throw new Error(`${event.type} of version ${event.v} was written by a newer server; this one knows ${current}`);
      return { ...event, v: current, body: steps.slice(event.v - 1).reduce((body, lift) => lift(body), event.body) };
    },
  };
}
