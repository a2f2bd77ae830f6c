// Owns a few movers in a process of their own: LiveKit's library tells every connection of a process about every piece of sound, so that two dozen in one stand still.
import os from 'node:os';
import { visit } from '#tests/flows/app.ts';
import { hearingOf } from './hearing.ts';
import type { Mover } from './mover.ts';
import { startMover } from './mover.ts';
import type { MoverReport, MoversWish } from './movers.ts';

const tellEveryMs = 100;
// In life, people's machines take nothing from the server's.
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
const movers: Mover[] = [];

const reportOf = ({ name, personId, cookie, place, bot, tokens, arrivedAt }: Mover): MoverReport => ({
  ...{ name, personId, cookie, place: place(), arrivedAt: arrivedAt(), tokens: [...tokens] },
  ...hearingOf(bot()),
});

process.on('message', async (wish: MoversWish) => {
  const app = visit(wish.origin);
  for (const person of wish.people) movers.push(await startMover({ app, stream: wish.stream, as: 'participant', ...person }));
  setInterval(() => process.send?.(movers.map(reportOf)), tellEveryMs);
});
process.on('disconnect', () => process.exit(0));
