// Owns what a player must do to be where the presented video is: steps from playback, the server's time and the player's own state. Pure; doing them is ui/video-youtube.ts's.
import type { Playback } from './contract.ts';
import { positionAt } from './contract.ts';

export interface PlayerNow {
  is: 'unstarted' | 'cued' | 'playing' | 'paused' | 'buffering' | 'ended';
  positionMs: number;
  rate: number;
  /** Null while unknown, and of what is broadcast live. */
  durationMs: number | null;
  /** Broadcast now: where it is, is YouTube's. */
  isLive?: boolean;
}
/** `cue`: shows the picture at a point without playing, for a player that would begin to play when it is sent there. */
export type PlayerStep = { do: 'play' } | { do: 'pause' } | { do: 'seek' | 'cue'; toMs: number } | { do: 'rate'; rate: number };

/** What must be known of the steps before. */
export interface FollowMemory {
  /** Which change of the playback was followed last. */
  change: string | null;
  soughtAt: number;
  /** How much too late the player was after a seek: that much further the next one aims. */
  lagMs: number;
  /** Since when it was asked to play and did not; null: it plays, or need not. */
  waitingSince: number | null;
}
export const initialFollow: FollowMemory = { change: null, soughtAt: Number.NEGATIVE_INFINITY, lagMs: 0, waitingSince: null };

/** A seek interrupts: after a speaker's change it is worth it sooner than for drift. */
export const tolerance = { changedMs: 300, driftMs: 700, pausedMs: 250 } as const;
/** A player that is loading what it was sent to must not be sent again. */
export const seekAgainAfterMs = 4000;
/** What is later than that was held up by something else. */
const mostLagMs = 3000;
/** A browser that refuses to play says nothing, or says it by pausing. */
export const refusedAfterMs = 2500;

export function stepsToFollow(
  memory: FollowMemory,
  playback: Playback,
  nowMs: number,
  player: PlayerNow,
): { memory: FollowMemory; steps: PlayerStep[] } {
  const change = changeOf(playback);
  const isNew = change !== memory.change;
  const reached = positionAt(playback, nowMs);
  const isOver = !player.isLive && player.durationMs !== null && reached >= player.durationMs;
  const toMs = isOver ? (player.durationMs as number) : reached;
  const next = { ...memory, change };
  const followed =
    isOver || !playback.playing
      ? standStill(next, toMs, isNew, nowMs, player, playback, isOver)
      : playAlong(next, toMs, isNew, nowMs, player, playback.rate);
  if (!player.isLive) return followed;
  return { ...followed, steps: followed.steps.filter((step) => step.do === 'play' || step.do === 'pause') };
}

const changeOf = ({ at, playing, positionMs, rate }: Playback) => `${at} ${playing} ${positionMs} ${rate}`;
const isMoving = ({ is }: PlayerNow) => is === 'playing' || is === 'buffering';

function standStill(
  memory: FollowMemory,
  toMs: number,
  isNew: boolean,
  nowMs: number,
  player: PlayerNow,
  { rate }: Playback,
  isOver: boolean,
): { memory: FollowMemory; steps: PlayerStep[] } {
  const steps: PlayerStep[] = [];
  const resting = { ...memory, waitingSince: null };
  if (player.rate !== rate) steps.push({ do: 'rate', rate });
  // It plays the last moments out by itself.
  const away = Math.abs(player.positionMs - toMs);
  if (isOver && (player.is === 'ended' || away <= tolerance.driftMs)) return { memory: resting, steps };
  if (isMoving(player)) steps.push({ do: 'pause' });
  const mayMove = isNew || nowMs - memory.soughtAt >= seekAgainAfterMs;
  if (away <= tolerance.pausedMs || !mayMove) return { memory: resting, steps };
  const stays = player.is === 'paused' || isMoving(player);
  return { memory: { ...resting, soughtAt: nowMs }, steps: [...steps, { do: stays ? 'seek' : 'cue', toMs }] };
}

function playAlong(
  memory: FollowMemory,
  toMs: number,
  isNew: boolean,
  nowMs: number,
  player: PlayerNow,
  rate: number,
): { memory: FollowMemory; steps: PlayerStep[] } {
  const steps: PlayerStep[] = [];
  if (player.rate !== rate) steps.push({ do: 'rate', rate });
  const lateMs = toMs - player.positionMs;
  const since = nowMs - memory.soughtAt;
  const mayMove = isNew || (player.is !== 'buffering' && since >= seekAgainAfterMs);
  const next = { ...memory };
  if (mayMove && Math.abs(lateMs) > (isNew ? tolerance.changedMs : tolerance.driftMs)) {
    // Only a plain lateness soon after a seek says how long a seek takes here.
    const tookLong = !isNew && lateMs > 0 && lateMs <= mostLagMs && since < 2 * seekAgainAfterMs;
    next.lagMs = tookLong ? Math.min(mostLagMs, memory.lagMs + lateMs) : lateMs < 0 ? 0 : memory.lagMs;
    next.soughtAt = nowMs;
    steps.push({ do: 'seek', toMs: clamp(Math.round(toMs + next.lagMs * rate), player.durationMs) });
  }
  if (isMoving(player)) return { memory: { ...next, waitingSince: null }, steps };
  if (isNew || memory.waitingSince === null) steps.push({ do: 'play' });
  return { memory: { ...next, waitingSince: isNew ? nowMs : (memory.waitingSince ?? nowMs) }, steps };
}

const clamp = (toMs: number, durationMs: number | null) => (durationMs === null ? toMs : Math.min(toMs, durationMs));

/** It was asked to play, and does not: the browser wants a click first. */
export const isRefused = ({ waitingSince }: FollowMemory, nowMs: number): boolean =>
  waitingSince !== null && nowMs - waitingSince >= refusedAfterMs;
