// The comparison of LiveKit with the state: every difference leads to one step, and after the steps there is none.
import fc from 'fast-check';
import { TrackSource } from 'livekit-server-sdk';
import { describe, expect, it } from 'vitest';
import type { Placement } from './contract.ts';
import type { Permission } from './grants.ts';
import { permissionOf } from './grants.ts';
import type { Found, Participant, Wanted } from './plan.ts';
import { afterStep, muteSteps, participantStep, planSteps, remembered, stillWanted, withParticipant } from './plan.ts';

const rooms = ['s.main.1', 's.main.2', 's.side.1'];
const people = ['anna', 'ben', 'cara', 'listener'];

const hearing: Permission = permissionOf({ in: 's.main.1', publish: [], hidden: true, onStage: false }, true);
const audience: Placement = { in: 's.main.1', publish: [], hidden: true, onStage: false };
const onStage: Placement = { in: 's.main.1', publish: ['camera', 'microphone'], hidden: false, onStage: true };
const participant = (identity: string, permission = hearing): Participant => ({
  identity,
  sid: `of ${identity}`,
  permission,
  sending: [],
  admitted: true,
});
const wanted = (placements: Record<string, Placement>, openRooms = ['s.main.1']): Wanted => ({
  openRooms,
  placementOf: (identity) => placements[identity] ?? { in: null, reason: 'removed' },
  maySee: (identity) => identity !== 'listener',
});

describe('one participant', () => {
  const step = (one: Participant, placements: Record<string, Placement>) => participantStep('s.main.1', one, wanted(placements));

  it('who is as the state says is left alone', () => {
    expect(step(participant('ben'), { ben: audience })).toBeNull();
  });

  it('who belongs nowhere, elsewhere, or may not know of it is removed', () => {
    expect(step(participant('ben'), {})).toMatchObject({ do: 'remove' });
    expect(step(participant('ben'), { ben: { ...audience, in: 's.main.2' } as Placement })).toMatchObject({ do: 'remove' });
    expect(step(participant('listener'), { listener: audience })).toMatchObject({ do: 'remove' });
    expect(step({ ...participant('ben'), admitted: false }, { ben: audience })).toMatchObject({ do: 'remove' });
  });

  it('gets the whole permission set, with every source named', () => {
    expect(step(participant('ben'), { ben: onStage })).toEqual({
      do: 'permit',
      room: 's.main.1',
      identity: 'ben',
      sid: 'of ben',
      permission: {
        canSubscribe: true,
        canPublish: true,
        canPublishSources: [TrackSource.CAMERA, TrackSource.MICROPHONE],
        canPublishData: false,
        canUpdateMetadata: false,
        hidden: false,
        recorder: false,
        agent: false,
        canSubscribeMetrics: false,
        canManageAgentSession: false,
      },
    });
  });

  it('is never hidden again once visible', () => {
    const seen = participant('ben', permissionOf(onStage as Extract<Placement, { in: string }>, true));
    expect(step(seen, { ben: audience })).toMatchObject({ do: 'permit', permission: { canPublish: false, hidden: false } });
    expect(step(participant('ben', { ...hearing, hidden: false }), { ben: audience })).toBeNull();
  });

  it('is heard no more in the room being left, stays seen if seen, and is removed once the move is settled', () => {
    const leaves = { ...onStage, in: 's.side.1', leaving: ['s.main.1'] } as Placement;
    const seen = participant('ben', permissionOf(onStage as Extract<Placement, { in: string }>, true));
    expect(step(seen, { ben: leaves })).toMatchObject({ do: 'permit', permission: { canPublish: false, hidden: false } });
    expect(step(participant('ben'), { ben: leaves })).toBeNull();
    expect(step(participant('ben'), { ben: { ...onStage, in: 's.side.1' } as Placement })).toMatchObject({ do: 'remove' });
  });

  it.each(Object.keys(hearing) as (keyof Permission)[])('is mended when only %s differs', (right) => {
    const value = hearing[right];
    const other = Array.isArray(value) ? [TrackSource.CAMERA] : !value;
    const one = participant('ben', { ...hearing, [right]: other });
    const visibleIsFine = right === 'hidden';
    expect(step(one, { ben: audience })?.do ?? null).toBe(visibleIsFine ? null : 'permit');
  });
});

describe('what somebody sends though the state has it off', () => {
  const heard = permissionOf(onStage as Extract<Placement, { in: string }>, false);
  const tracks = [
    { track: 'TR_m', source: TrackSource.MICROPHONE },
    { track: 'TR_c', source: TrackSource.CAMERA },
  ];
  const ben = { ...participant('ben', heard), sending: tracks };
  const found: Found = new Map([['s.main.1', [ben]]]);
  const on = (...sources: ('camera' | 'microphone')[]) => wanted({ ben: { ...onStage, on: sources } as Placement });
  const mute = { do: 'mute', room: 's.main.1', identity: 'ben', sid: 'of ben', track: 'TR_m' } as const;

  it('is muted, and nothing else of theirs', () => {
    expect(planSteps(found, on('camera', 'microphone'))).toEqual([]);
    expect(planSteps(found, on('camera'))).toEqual([mute]);
    expect(planSteps(afterStep(found, mute), on('camera'))).toEqual([]);
    expect(planSteps(afterStep(found, mute), on())).toEqual([{ ...mute, track: 'TR_c' }]);
  });

  it('is left alone once they have switched it on', () => {
    expect(stillWanted(mute, found, on('camera'))).toBe(true);
    expect(stillWanted(mute, found, on('microphone'))).toBe(false);
    expect(stillWanted({ ...mute, sid: 'an older connection' }, found, on('camera'))).toBe(false);
  });

  it('is not muted where the right to publish goes anyway, nor where it is only believed', () => {
    expect(planSteps(found, wanted({ ben: { ...audience, on: [] } as Placement })).map((step) => step.do)).toEqual(['permit']);
    expect(planSteps(found, wanted({})).map((step) => step.do)).toEqual(['remove']);
    expect(planSteps(remembered(found), on())).toEqual([]);
  });
});

describe('rooms', () => {
  it('are created when wanted and missing, deleted when there and not wanted', () => {
    const found: Found = new Map([['s.main.1', [participant('ben')]]]);
    expect(planSteps(found, wanted({ ben: audience }, ['s.main.2']))).toEqual([
      { do: 'create-room', room: 's.main.2' },
      { do: 'delete-room', room: 's.main.1' },
    ]);
  });
});

describe('a step', () => {
  const found: Found = new Map([['s.main.1', [participant('ben')]]]);
  const permit = planSteps(found, wanted({ ben: onStage }))[0];
  const remove = planSteps(found, wanted({}))[0];

  it('is not wanted any more when the state went on', () => {
    if (!permit || !remove) throw new Error('no step');
    expect(stillWanted(permit, found, wanted({ ben: onStage }))).toBe(true);
    expect(stillWanted(permit, found, wanted({ ben: { ...onStage, publish: ['camera'] } as Placement }))).toBe(false);
    expect(stillWanted(permit, found, wanted({ ben: audience }))).toBe(false);
    expect(stillWanted(permit, found, wanted({}))).toBe(false);
    expect(stillWanted(remove, found, wanted({}))).toBe(true);
    expect(stillWanted(remove, found, wanted({ ben: audience }))).toBe(false);
    expect(stillWanted({ do: 'delete-room', room: 's.main.1' }, found, wanted({}))).toBe(false);
    expect(stillWanted({ do: 'create-room', room: 's.main.2' }, found, wanted({}, ['s.main.2']))).toBe(true);
  });
});

describe('newcomers', () => {
  it('take the place of an older connection of the same person', () => {
    const found = withParticipant(new Map([['s.main.1', [participant('ben')]]]), 's.main.1', {
      ...participant('ben'),
      sid: 'newer',
    });
    expect(found.get('s.main.1')?.map((one) => one.sid)).toEqual(['newer']);
  });
});

it('whatever LiveKit has, and whatever the state says: after the steps they agree, and nobody is where they must not be', () => {
  const placement = fc.oneof(
    fc.constant<Placement>({ in: null, reason: 'removed' }),
    fc.record({
      in: fc.constantFrom(...rooms),
      publish: fc.subarray(['camera', 'microphone', 'screen_share', 'screen_share_audio'] as const).map((all) => [...all]),
      hidden: fc.boolean(),
      onStage: fc.boolean(),
      on: fc.subarray(['camera', 'microphone', 'screen_share', 'screen_share_audio'] as const).map((all) => [...all]),
    }),
  );
  const sending = fc.uniqueArray(
    fc.record({
      track: fc.constantFrom('TR_1', 'TR_2', 'TR_3'),
      source: fc.constantFrom(TrackSource.CAMERA, TrackSource.MICROPHONE),
    }),
    { selector: (one) => one.track },
  );
  const permission = fc.record({
    canSubscribe: fc.boolean(),
    canPublish: fc.boolean(),
    canPublishSources: fc.subarray([TrackSource.CAMERA, TrackSource.MICROPHONE, TrackSource.SCREEN_SHARE]),
    canPublishData: fc.boolean(),
    canUpdateMetadata: fc.boolean(),
    hidden: fc.boolean(),
    recorder: fc.boolean(),
    agent: fc.boolean(),
    canSubscribeMetrics: fc.boolean(),
    canManageAgentSession: fc.boolean(),
  });
  const there = fc.uniqueArray(fc.record({ identity: fc.constantFrom(...people), permission, sending, admitted: fc.boolean() }), {
    selector: (one) => one.identity,
  });
  const livekit = fc.array(fc.tuple(fc.constantFrom(...rooms), there));
  const state = fc.record({
    open: fc.subarray(rooms),
    placements: fc.dictionary(fc.constantFrom(...people), placement),
  });
  fc.assert(
    fc.property(livekit, state, (has, { open, placements }) => {
      const found: Found = new Map(
        has.map(([room, all]) => [room, all.map((one) => ({ ...one, sid: `${room} ${one.identity}` }))]),
      );
      const wants = wanted(placements, open);
      const after = planSteps(found, wants).reduce(afterStep, found);
      expect(planSteps(after, wants)).toEqual([]);
      expect([...after.keys()].sort()).toEqual([...open].sort());
      for (const [room, all] of after) {
        for (const one of all) {
          const placed = wants.placementOf(one.identity);
          expect(placed.in).toBe(room);
          expect(one.permission.canPublish).toBe(placed.in !== null && placed.publish.length > 0);
          expect(one.permission.canPublish && one.permission.canPublishSources.length === 0).toBe(false);
          expect(muteSteps(room, one, wants)).toEqual([]);
        }
      }
    }),
    { numRuns: 500 },
  );
});
