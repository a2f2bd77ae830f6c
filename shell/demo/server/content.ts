// Owns the shape of the demo's content. Times are said relative to the start of the server; layout.ts makes instants of them.
import type { CompanyDraft, EventDraft, PointDraft } from '#shell/events/contract.ts';

/** A step in whole days counts in the event's zone; steps in minutes count from now, rounded to `toMinutes`. */
export type DemoTime = { inMinutes: number; toMinutes: number } | { day: number; at: `${number}:${number}` };

/** Said by a person (their key in people.ts) this long after the start. */
export interface DemoMessage {
  by: string;
  afterMinutes: number;
  text: string;
}

export interface DemoPoint extends Omit<PointDraft, 'startsAt' | 'companyIds' | 'speakerIds'> {
  /** Never changes: later starts find the point by it. */
  key: string;
  /** Slugs of companies. */
  companies: string[];
  speakers: string[];
  time: DemoTime;
  registered: string[];
  /** Given: it has taken place, and this was said. */
  past?: { chat: DemoMessage[] };
}

export interface DemoCompany extends Omit<CompanyDraft, 'representativeIds'> {
  representatives: string[];
}

export interface DemoEvent extends Omit<EventDraft, 'startsAt' | 'endsAt' | 'published' | 'roles'> {
  organisers: string[];
  support: string[];
  from: DemoTime;
  to: DemoTime;
  companies: DemoCompany[];
  points: DemoPoint[];
}

/** Keys of demo participants by their places, both included. */
export const participants = (from: number, to: number, step = 1): string[] => {
  const keys: string[] = [];
  for (let place = from; place <= to; place += step) keys.push(`participant${place}`);
  return keys;
};
