// Owns moving two dozen people at once, and one alone: how long until the last one stands in the right LiveKit room and sends.
import { breakoutRoom } from '#session/placement.ts';
import { allOf } from '#session/state.ts';
import { visit } from '#tests/flows/app.ts';
import { eventually } from '#tests/media-bot/eventually.ts';
import { startMovers } from '#tests/media-bot/movers.ts';
import type { Backstage } from '../rig/backstage.ts';

export const people = 24;
export const rooms = 6;
const lowestToneHz = 300;
const patienceMs = 30_000;

export interface CrowdScene {
  /** Everybody into rooms; ms until the last one is in. */
  moveAll(): Promise<number>;
  /** One of them into another room. */
  moveOne(): Promise<number>;
  close(): Promise<void>;
}

export async function openCrowd(backstage: Backstage): Promise<CrowdScene> {
  const origin = `http://127.0.0.1:${backstage.appPort}`;
  const stream = backstage.sessions[1] as string;
  const director = await visit(origin).join('cohost', stream, 'speaker');
  const direct = async (type: string, body: Record<string, unknown> = {}) => {
    const refusal = await director.send(type, body);
    if (refusal) throw new Error(`${type} was refused: ${refusal.code}`);
  };
  await direct('stage.enter', { microphone: false, camera: false });
  await direct('lifecycle.start');
  const named = Array.from({ length: people }, (_, at) => ({ name: `participant${at + 1}`, toneHz: lowestToneHz + at * 100 }));
  const movers = await startMovers({ origin, stream, people: named });
  const breakouts = () => allOf(director.state).breakouts;
  const isIn = (since: number) => {
    const now = breakouts();
    return movers.reports().filter(({ personId, place, arrivedAt }) => {
      const room = now.is === 'none' ? undefined : now.where[personId];
      return arrivedAt >= since && room !== undefined && place === breakoutRoom(stream, room, now.opening);
    });
  };
  const until = async (many: number, since: number) => {
    await eventually(() => isIn(since).length >= many, patienceMs);
    return Math.max(...isIn(since).map(({ arrivedAt }) => arrivedAt)) - since;
  };
  await eventually(() => movers.reports().length === people && movers.reports().every(({ place }) => place !== null), patienceMs);
  const isPresent = ({ personId }: { personId: string }) => personId in allOf(director.state).people.present;
  await eventually(() => movers.reports().every(isPresent), patienceMs);
  for (let at = 0; at < rooms; at += 1) await direct('breakouts.add-room', { name: `Room ${at + 1}` });
  await direct('breakouts.auto-assign', { how: 'even', seed: 1 });
  return {
    async moveAll() {
      const since = Date.now();
      await direct('breakouts.open');
      const ms = await until(people, since);
      return ms;
    },
    async moveOne() {
      const now = breakouts();
      if (now.is === 'none') throw new Error('No rooms are open');
      const [[person = '', from = ''] = []] = Object.entries(now.where);
      const to = now.rooms.find(({ id }) => id !== from)?.id;
      const since = Date.now();
      await direct('breakouts.move', { person, room: to });
      const ms = await until(1, since);
      return ms;
    },
    async close() {
      director.cut();
      await movers.stop();
    },
  };
}
