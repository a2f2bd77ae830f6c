// What a player must do to be where the video is (rules MA10, MA11, MA23): steps, and a player of the tests that behaves in time.
import { describe, expect, it } from 'vitest';
import type { Playback } from './contract.ts';
import type { FollowMemory, PlayerNow, PlayerStep } from './video-follow.ts';
import { initialFollow, isRefused, refusedAfterMs, seekAgainAfterMs, stepsToFollow } from './video-follow.ts';

const start = Date.parse('2026-11-24T10:00:00.000Z');
const at = (ms: number) => new Date(start + ms).toISOString();
const playback = (change: Partial<Playback> = {}): Playback => ({
  playing: true,
  positionMs: 60_000,
  rate: 1,
  at: at(0),
  ...change,
});
const player = (change: Partial<PlayerNow> = {}): PlayerNow => ({
  is: 'playing',
  positionMs: 60_000,
  rate: 1,
  durationMs: 600_000,
  ...change,
});
const steps = (wanted: Playback, nowMs: number, now: PlayerNow, memory: FollowMemory = initialFollow) =>
  stepsToFollow(memory, wanted, start + nowMs, now).steps;
/** After the change was followed, and no seek was needed for long. */
const settled = (wanted: Playback): FollowMemory => stepsToFollow(initialFollow, wanted, start, player({ is: 'playing' })).memory;

describe('MA23: a change is followed at once', () => {
  it('does nothing where all is so already', () => {
    expect(steps(playback(), 1000, player({ positionMs: 61_050 }))).toEqual([]);
  });
  it('plays, at the place where it is by the server now', () => {
    expect(steps(playback(), 5000, player({ is: 'paused' }))).toEqual([{ do: 'seek', toMs: 65_000 }, { do: 'play' }]);
  });
  it('brings a latecomer, whose player has shown nothing yet, to the right place', () => {
    expect(steps(playback(), 90_000, player({ is: 'unstarted', positionMs: 0, durationMs: null }))).toEqual([
      { do: 'seek', toMs: 150_000 },
      { do: 'play' },
    ]);
  });
  it('pauses, and goes to the picture at which the speaker paused', () => {
    expect(steps(playback({ playing: false }), 5000, player({ positionMs: 60_600 }))).toEqual([
      { do: 'pause' },
      { do: 'seek', toMs: 60_000 },
    ]);
  });
  it('stays paused where it is near enough', () => {
    expect(steps(playback({ playing: false }), 5000, player({ is: 'paused', positionMs: 60_200 }))).toEqual([]);
  });
  it('shows the first picture without playing: a seek would begin to play', () => {
    expect(steps(playback({ playing: false }), 0, player({ is: 'cued', positionMs: 0 }))).toEqual([{ do: 'cue', toMs: 60_000 }]);
  });
  it('takes over the rate, and reckons with it', () => {
    expect(steps(playback({ rate: 2 }), 3000, player({ positionMs: 66_000 }))).toEqual([{ do: 'rate', rate: 2 }]);
    expect(steps(playback({ rate: 0.5 }), 3000, player({ rate: 0.5, positionMs: 61_500 }))).toEqual([]);
  });
  it('goes where the speaker goes, back and forth, however lately it was sent', () => {
    const first = stepsToFollow(initialFollow, playback(), start, player({ positionMs: 0 }));
    expect(first.steps).toEqual([{ do: 'seek', toMs: 60_000 }]);
    const back = stepsToFollow(
      first.memory,
      playback({ positionMs: 5000, at: at(300) }),
      start + 300,
      player({ is: 'buffering' }),
    );
    expect(back.steps).toEqual([{ do: 'seek', toMs: 5000 }]);
  });
});

describe('MA23: drift', () => {
  it('leaves what nobody notices alone, and mends the rest', () => {
    const wanted = playback();
    expect(steps(wanted, 10_000, player({ positionMs: 69_400 }), settled(wanted))).toEqual([]);
    expect(steps(wanted, 10_000, player({ positionMs: 69_000 }), settled(wanted))).toEqual([{ do: 'seek', toMs: 70_000 }]);
    expect(steps(wanted, 10_000, player({ positionMs: 71_000 }), settled(wanted))).toEqual([{ do: 'seek', toMs: 70_000 }]);
  });
  it('does not send a player again that is loading', () => {
    const wanted = playback();
    const sent = stepsToFollow(settled(wanted), wanted, start + 10_000, player({ positionMs: 60_000 })).memory;
    expect(steps(wanted, 12_000, player({ positionMs: 70_000 }), sent)).toEqual([]);
    expect(steps(wanted, 30_000, player({ is: 'buffering', positionMs: 70_000 }), sent)).toEqual([]);
  });
  it('aims further ahead where seeking takes long, until it hits', () => {
    const wanted = playback();
    let memory: FollowMemory = initialFollow;
    let offMs = -30_000;
    let seeks = 0;
    // This player stands still for 1.6 s whenever it is sent somewhere.
    for (let now = 0; now < 60_000; now += 250) {
      const next = stepsToFollow(memory, wanted, start + now, player({ positionMs: 60_000 + now + offMs }));
      memory = next.memory;
      for (const step of next.steps) if (step.do === 'seek') [offMs, seeks] = [step.toMs - 60_000 - now - 1600, seeks + 1];
    }
    expect(Math.abs(offMs)).toBeLessThan(700);
    expect(seeks).toBe(2);
  });
  it('does not take what was long (an advertisement, a machine that slept) for the time that a seek takes', () => {
    const wanted = playback();
    const sent = stepsToFollow(settled(wanted), wanted, start + 10_000, player({ positionMs: 60_000 })).memory;
    expect(steps(wanted, 15_000, player({ positionMs: 45_000 }), sent)).toEqual([{ do: 'seek', toMs: 75_000 }]);
  });
  it('never runs after a clock that stands: paused, it is sent there once', () => {
    const wanted = playback({ playing: false });
    const first = stepsToFollow(initialFollow, wanted, start, player({ is: 'paused', positionMs: 0 }));
    expect(first.steps).toEqual([{ do: 'seek', toMs: 60_000 }]);
    expect(steps(wanted, 500, player({ is: 'paused', positionMs: 0 }), first.memory)).toEqual([]);
    expect(steps(wanted, seekAgainAfterMs, player({ is: 'paused', positionMs: 0 }), first.memory)).toEqual(first.steps);
  });
});

describe('MA23: the end of the video', () => {
  it('is left alone when it has ended, and not played from the start', () => {
    expect(steps(playback(), 600_000, player({ is: 'ended', positionMs: 600_000 }))).toEqual([]);
    expect(steps(playback(), 540_000, player({ positionMs: 599_800 }))).toEqual([]);
  });
  it('shows a latecomer the end', () => {
    expect(steps(playback(), 900_000, player({ is: 'cued', positionMs: 0 }))).toEqual([{ do: 'cue', toMs: 600_000 }]);
  });
  it('goes back from it when the speaker does', () => {
    expect(steps(playback({ positionMs: 1000, at: at(700_000) }), 700_000, player({ is: 'ended', positionMs: 600_000 }))).toEqual(
      [{ do: 'seek', toMs: 1000 }, { do: 'play' }],
    );
  });
  it('is none in a live broadcast, in which nobody is sent anywhere', () => {
    const live = player({ positionMs: 3_000_000, durationMs: 3_000_000, isLive: true });
    expect(steps(playback(), 900_000, { ...live, durationMs: 60_000 })).toEqual([]);
    expect(steps(playback(), 0, { ...live, is: 'cued', positionMs: 0 })).toEqual([{ do: 'play' }]);
    expect(steps(playback({ playing: false }), 0, live)).toEqual([{ do: 'pause' }]);
  });
});

describe('MA24: a browser that refuses to play', () => {
  const held = player({ is: 'unstarted', positionMs: 60_000 });
  it('is asked once, and noticed when it has not begun for a while', () => {
    const first = stepsToFollow(initialFollow, playback(), start, held);
    expect(first.steps).toContainEqual({ do: 'play' });
    const second = stepsToFollow(first.memory, playback(), start + 500, { ...held, positionMs: 60_500 });
    expect(second.steps.filter((step: PlayerStep) => step.do === 'play')).toEqual([]);
    expect(isRefused(second.memory, start + refusedAfterMs - 1)).toBe(false);
    expect(isRefused(second.memory, start + refusedAfterMs)).toBe(true);
  });
  it('is not what slow loading is', () => {
    const first = stepsToFollow(initialFollow, playback(), start, held);
    const second = stepsToFollow(first.memory, playback(), start + 500, { ...held, is: 'buffering' });
    expect(isRefused(second.memory, start + 20_000)).toBe(false);
  });
  it('is not refused anything while the speaker pauses', () => {
    const first = stepsToFollow(initialFollow, playback(), start, held);
    const paused = stepsToFollow(first.memory, playback({ playing: false, at: at(1000) }), start + 1000, held);
    expect(isRefused(paused.memory, start + 20_000)).toBe(false);
  });
});
