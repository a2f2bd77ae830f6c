// Owns who holds which slice of a Session.
import type { Actor, Audience } from '#platform/log/contract.ts';
import { roleOf } from './powers.ts';
import type { SessionState } from './state.ts';

/** The audiences of a viewer. A removed person keeps only their own. */
export function audiencesOf(state: SessionState, viewer: Actor): Audience[] {
  if (viewer.kind === 'system') return [];
  const own: Audience = `person:${viewer.personId}`;
  switch (roleOf(state, viewer)) {
    case 'removed':
      return [own];
    case 'speaker':
      return ['all', 'backstage', own];
    default:
      return ['all', own];
  }
}
