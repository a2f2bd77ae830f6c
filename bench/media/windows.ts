// Owns one stretch of forwarding: everybody in one room for some seconds, and what that cost LiveKit for each packet that arrived.
import type { Bot } from '#tests/media-bot/bot.ts';
import { cpuSeconds } from '../rig/meter.ts';
import type { Seat } from './scene.ts';
import { seatAll } from './scene.ts';

export interface MediaWindow {
  /** Seconds of LiveKit's CPU for a million packets that people received. */
  secondsPerMillion: number;
  packets: number;
}

const warmMs = 2_000;
const windowMs = 8_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function received(bots: readonly Bot[]): Promise<number> {
  let packets = 0;
  for (const bot of bots) {
    const { publisherStats = [], subscriberStats = [] } = await bot.room.getRtcStats();
    for (const { stats } of [...publisherStats, ...subscriberStats])
      if (stats?.case === 'inboundRtp') packets += Number(stats.value.received?.packetsReceived ?? 0);
  }
  return packets;
}

export async function runMediaWindow(livekitPid: number, seats: readonly Seat[]): Promise<MediaWindow> {
  const bots = await seatAll(seats);
  try {
    await pause(warmMs);
    const packetsBefore = await received(bots);
    const cpuBefore = cpuSeconds(livekitPid);
    await pause(windowMs);
    const cpu = cpuSeconds(livekitPid) - cpuBefore;
    const packets = (await received(bots)) - packetsBefore;
    return { secondsPerMillion: (cpu * 1e6) / packets, packets };
  } finally {
    await Promise.all(bots.map((bot) => bot.leave()));
  }
}
