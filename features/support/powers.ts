// Owns the table of what each role may do in a conversation. Pure; the server checks it before deciding, the interface only mirrors it.
import type { Actor } from '#platform/log/contract.ts';
import type { SupportCommandType, SupportState } from './contract.ts';

/** `person`: whose conversation it is, even when they belong to the team. `stranger`: anybody else. */
export type SupportRole = 'person' | 'team' | 'stranger' | 'system';
export const supportRoles: readonly SupportRole[] = ['person', 'team', 'stranger', 'system'];

const teamOnly: readonly SupportRole[] = ['team'];
const both: readonly SupportRole[] = ['person', 'team'];

export const supportPowers: Record<SupportCommandType, readonly SupportRole[]> = {
  'support.send': both,
  'support.read': both,
  'support.note-place': ['person'],
  'support.take': teamOnly,
  'support.hand-back': teamOnly,
  'support.resolve': teamOnly,
  'support.reopen': teamOnly,
};

export function supportRoleOf(state: SupportState, actor: Actor): SupportRole {
  if (actor.kind === 'system') return 'system';
  if (state.all?.person === actor.personId) return 'person';
  return state.backstage?.team.includes(actor.personId) ? 'team' : 'stranger';
}
