// Every command in every role, on the pure core: denied means refused, and nothing decided.
import { describe, expect, it } from 'vitest';
import type { SupportCommandType } from './contract.ts';
import { supportCommands } from './contract.ts';
import type { SupportRole } from './powers.ts';
import { supportPowers, supportRoles } from './powers.ts';
import { actor, asker, createTalk, nikolai, stranger, system } from './testing.ts';

const actors = { person: actor(asker), team: actor(nikolai), stranger: actor(stranger), system };
const bodies: Record<SupportCommandType, Record<string, unknown>> = {
  'support.send': { text: 'Hello' },
  'support.read': { seq: 1 },
  'support.note-place': { place: { page: 'lobby', sessionId: null } },
  'support.take': { from: null },
  'support.hand-back': {},
  'support.resolve': {},
  'support.reopen': {},
};

describe('role matrix of support', () => {
  it('has a row for every command', () => {
    expect(Object.keys(supportPowers).sort()).toEqual(Object.keys(supportCommands).sort());
    expect(Object.keys(bodies).sort()).toEqual(Object.keys(supportCommands).sort());
  });

  for (const type of Object.keys(supportPowers) as SupportCommandType[]) {
    for (const role of supportRoles) {
      const allowed = (supportPowers[type] as readonly SupportRole[]).includes(role);
      it(`${role} ${allowed ? 'may' : 'may not'} ${type}`, () => {
        const talk = createTalk();
        talk.send(actors.person, 'support.send', { text: 'Help' });
        const before = talk.log.length;
        const refusal = talk.send(actors[role], type, bodies[type]);
        if (allowed) expect(['not-allowed', 'unknown-command']).not.toContain(refusal);
        else {
          expect(refusal).toBe('not-allowed');
          expect(talk.log.length).toBe(before);
        }
      });
    }
  }
});
