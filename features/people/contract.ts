// Owns the words about who is present, and who was removed. Names come from the directory, never from events. Rules: SPEC.md.
import { z } from 'zod';

export const peopleCommands = {
  'people.remove': z.object({ person: z.uuid() }),
  'people.readmit': z.object({ person: z.uuid() }),
};

const presence = z.object({ person: z.uuid(), as: z.enum(['speaker', 'participant']) });
export const peopleSystemCommands = {
  /** Logged by the holder of the Session's lease: what changed in the presence table since the last one. */
  'people.note-presence': z.object({ arrived: z.array(presence), left: z.array(z.uuid()) }),
};

export type PresentAs = 'speaker' | 'participant';
export type PeopleEvent =
  | { audience: 'all'; type: 'people.changed'; body: { arrived: { person: string; as: PresentAs }[]; left: string[] } }
  | { audience: 'backstage'; type: 'people.removed'; body: { person: string; by: string } }
  | { audience: 'backstage'; type: 'people.readmitted'; body: { person: string; by: string } }
  | { audience: `person:${string}`; type: 'people.you-were-removed'; body: Record<string, never> }
  | { audience: `person:${string}`; type: 'people.you-were-readmitted'; body: Record<string, never> };

/** In slice `all`: person id → what they joined as. */
export interface PeopleState {
  present: Record<string, PresentAs>;
}
/** In slice `backstage`: removed person id → who removed them. */
export interface RemovedState {
  removed: Record<string, string>;
}
/** In slice `person:x`. */
export interface OwnPeopleState {
  removed: boolean;
}

export type PeopleRefusal = 'cannot-remove-a-speaker' | 'already-removed' | 'not-removed' | 'session-ended';
