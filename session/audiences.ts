// Owns who holds which slice of a Session.
import { roomOfPerson } from '#features/breakouts/contract.ts';
import type { Actor, Audience } from '#platform/log/contract.ts';
import { roleOf } from './powers.ts';
import type { SessionState } from './state.ts';
import { allOf } from './state.ts';

/** The audiences of a viewer: of breakout rooms only the one where they are. A removed person keeps only their own. */
export function audiencesOf(state: SessionState, viewer: Actor): Audience[] {
  if (viewer.kind === 'system') return [];
  const own: Audience = `person:${viewer.personId}`;
  const inside = roomOfPerson(allOf(state).breakouts, viewer.personId);
  const room: Audience[] = inside === null ? [] : [`room:${inside}`];
  switch (roleOf(state, viewer)) {
    case 'removed':
      return [own];
    case 'speaker':
      return ['all', 'backstage', own, ...room];
    default:
      return ['all', own, ...room];
  }
}
