// Owns the scene of one person who moves between two breakout rooms, and of the same on a bare page: what is seen and heard meanwhile.
import type { Page } from '@playwright/test';
import { allOf } from '#session/state.ts';
import { openBrowser } from '#tests/browser/browser.ts';
import { makeFakeDevices } from '#tests/browser/fake-devices.ts';
import type { HandoverNotes } from '#tests/browser/handover-senses.ts';
import { longestWithoutFrame, silenceBetween, startNoting, stopNoting } from '#tests/browser/handover-senses.ts';
import { listenAlong } from '#tests/browser/senses.ts';
import { visit } from '#tests/flows/app.ts';
import { atFloor, enter, openContext, press, settle, signedIn } from '../join/people.ts';
import type { Backstage } from '../rig/backstage.ts';
import { openFloorPage } from '../rig/floor-page.ts';
import { createLivekitRoom, signToken } from '../rig/livekit-rooms.ts';

export interface Move {
  /** Longest time without a frame of anybody else. */
  withoutFrameMs: number;
  /** Between the last of the old voice and the first of the new. */
  silenceMs: number;
}

export interface MovesScene {
  moveFloor(): Promise<Move>;
  moveOurs(): Promise<Move>;
  close(): Promise<void>;
}

const [firstTone, secondTone] = [1250, 2100];
/** As long as a slow move may take, and frames before and after it. */
const watchMs = 4000;
const floorRooms = ['bench-move-1', 'bench-move-2'] as const;

async function note(page: Page, tones: [number, number], move: () => Promise<unknown>): Promise<Move> {
  await settle(page);
  await startNoting(page, { own: null, tones });
  await new Promise((resolve) => setTimeout(resolve, 500));
  await move();
  await new Promise((resolve) => setTimeout(resolve, watchMs));
  const notes: HandoverNotes = await stopNoting(page);
  return { withoutFrameMs: longestWithoutFrame(notes), silenceMs: Math.max(0, silenceBetween(notes)) };
}

export async function openMoves(backstage: Backstage): Promise<MovesScene> {
  const origin = `http://127.0.0.1:${backstage.appPort}`;
  const senders = await Promise.all(
    [firstTone, secondTone].map(async (tone, at) =>
      openBrowser({ devices: await makeFakeDevices(backstage.folder, `sender-${at}`, at === 0 ? 'red' : 'blue', tone) }),
    ),
  );
  const movers = await openBrowser();
  const floor = await openFloorPage(backstage.livekit, 'move-floor');
  const cast = { backstage, origin, senders, movers, floor };
  return {
    moveFloor: await prepareFloor(cast),
    moveOurs: await prepareSession(cast),
    async close() {
      await Promise.all([...senders, movers].map((browser) => browser.close()));
      await floor.close();
    },
  };
}

interface Cast {
  backstage: Backstage;
  origin: string;
  senders: Awaited<ReturnType<typeof openBrowser>>[];
  movers: Awaited<ReturnType<typeof openBrowser>>;
  floor: Awaited<ReturnType<typeof openFloorPage>>;
}

async function prepareFloor({ backstage, origin, senders, movers, floor }: Cast): Promise<MovesScene['moveFloor']> {
  const { livekit, livekitPort: signalPort } = backstage;
  for (const [at, room] of floorRooms.entries()) {
    await createLivekitRoom(livekit, room);
    const sender = await (await openContext(senders[at] as Cast['movers'], origin)).newPage();
    await sender.goto(floor.addressOf({ identity: `sender-${at}`, room, publish: true, signalPort }));
    await press(sender, 'Join');
  }
  const context = await openContext(movers, origin);
  await context.addInitScript(listenAlong);
  const mover = await context.newPage();
  await atFloor(mover, floor, { identity: 'mover', publish: false, signalPort });
  const passes = floorRooms.map((room) => signToken(livekit, 'mover', { roomJoin: true, room, canSubscribe: true }));
  const moveTo = (at: number) =>
    mover.evaluate(
      (pass) => (globalThis as unknown as { moveTo(pass: string): Promise<void> }).moveTo(pass),
      passes[at] as string,
    );
  await moveTo(0);
  let place = 0;
  return () => {
    place = 1 - place;
    return note(mover, [firstTone, secondTone], () => moveTo(place));
  };
}

async function prepareSession({ backstage, origin, senders, movers }: Cast): Promise<MovesScene['moveOurs']> {
  const sessionId = backstage.sessions[0] as string;
  const director = await visit(origin).join('cohost', sessionId, 'speaker');
  const direct = async (type: string, body: Record<string, unknown> = {}) => {
    const refusal = await director.send(type, body);
    if (refusal) throw new Error(`${type} was refused: ${refusal.code}`);
  };
  await direct('stage.enter', { microphone: false, camera: false });
  await direct('lifecycle.start');
  const people = ['participant1', 'participant2', 'participant3'];
  const browsers = [...senders, movers];
  const pages: Page[] = [];
  for (const [at, name] of people.entries()) {
    const page = await signedIn(browsers[at] as Cast['movers'], origin, name);
    await page.context().addInitScript(listenAlong);
    await enter(page, sessionId, 'participant');
    pages.push(page);
  }
  await Promise.all(pages.map((page) => page.getByRole('region', { name: 'Stage' }).waitFor()));
  const ids = await Promise.all(
    pages.map((page) => page.evaluate(async () => (await (await fetch('/api/accounts/me')).json()).me.id as string)),
  );
  await director.until(() => ids.every((id) => id in allOf(director.state).people.present), 'everybody present');
  for (const name of ['One', 'Two']) await direct('breakouts.add-room', { name });
  for (const [at, room] of ['r1', 'r2', 'r1'].entries()) await direct('breakouts.move', { person: ids[at], room });
  await direct('breakouts.open');
  for (const page of pages.slice(0, 2)) {
    await press(page, 'Turn camera on');
    await press(page, 'Unmute microphone');
  }
  const [mover] = pages.slice(-1) as [Page];
  await mover.locator('[aria-label="Stage"] video').first().waitFor();
  let place = 0;
  return () => {
    place = 1 - place;
    const tones: [number, number] = place === 1 ? [firstTone, secondTone] : [secondTone, firstTone];
    return note(mover, tones, () => direct('breakouts.move', { person: ids[2], room: `r${place + 1}` }));
  };
}
