// The way into a breakout room, across and back, in four real browsers: what is seen and heard before, during and after, and that nobody is heard in two places.
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import { roomOfPerson } from '#features/breakouts/contract.ts';
import type { SessionState } from '#session/state.ts';
import { allOf } from '#session/state.ts';
import type { OwnProfile } from '#shell/accounts/contract.ts';
import { soon, visit } from '#tests/flows/app.ts';
import type { LiveClient } from '#tests/flows/live-client.ts';
import type { Profile } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { makeFakeDevices } from './fake-devices.ts';
import { longestWithoutFrame, silenceBetween, startNoting, stopNoting, toneWasNoted } from './handover-senses.ts';
import { expect, findSession, joinAs, signInAs, signInByPassword, tile } from './house.ts';
import type { Launched } from './launched.ts';
import { launchStagedoor, waitUntil } from './launched.ts';
import type { Rgb } from './senses.ts';
import { heardPitches, hears, near, seenColour } from './senses.ts';

interface Person {
  name: string;
  id: string;
  colour: Rgb;
  toneHz: number;
  profile: Profile;
}

const looks = {
  host: { paint: 'red', colour: [255, 0, 0] as Rgb, toneHz: 440 },
  cohost: { paint: 'blue', colour: [0, 0, 255] as Rgb, toneHz: 1250 },
  ada: { paint: 'lime', colour: [0, 255, 0] as Rgb, toneHz: 2100 },
  ben: { paint: 'yellow', colour: [255, 255, 0] as Rgb, toneHz: 3000 },
};
type Who = keyof typeof looks;
/** Two cores carry four browsers that send: a picture may come late, but never only after a new connection from nothing. */
const mostGapMs = 1500;
/** The window of one look at the sound, and a turn of it. */
const overlapMs = 100;

let house: Launched;
let director: LiveClient;
const browsers: Browser[] = [];
const people = {} as Record<Who, Person>;

beforeAll(async () => {
  house = await launchStagedoor();
  for (const who of Object.keys(looks) as Who[]) {
    const { paint, colour, toneHz } = looks[who];
    const browser = await openBrowser({ devices: await makeFakeDevices(house.folder, who, paint, toneHz) });
    browsers.push(browser);
    people[who] = { name: '', id: '', colour, toneHz, profile: await openProfile(browser, house.origin) };
  }
});
afterAll(async () => {
  director?.cut();
  await Promise.all(browsers.map((browser) => browser.close()));
  await house?.stop();
});

let brokenAt: string | null = null;
beforeEach(({ task, onTestFailed }) => {
  if (brokenAt) throw new Error(`The step "${brokenAt}" failed before`);
  onTestFailed(() => {
    brokenAt = task.name;
  });
});

const state = (): SessionState => director.state;
const direct = async (type: string, body: Record<string, unknown> = {}) => expect(await director.send(type, body)).toBeNull();
const sees = (by: Who, who: Who) =>
  waitUntil(async () => {
    const { name, colour } = people[who];
    return near(await seenColour(tile(people[by].profile.page, name)), colour);
  }, `${by} to see ${who}`);
const heardBy = (by: Who) => heardPitches(people[by].profile.page);
/** Exactly these voices, and none of the others. */
async function hearsOnly(by: Who, ...voices: Who[]): Promise<void> {
  const others = (Object.keys(looks) as Who[]).filter((who) => !voices.includes(who));
  await waitUntil(async () => {
    const pitches = await heardBy(by);
    const isHeard = (who: Who) => hears(pitches, people[who].toneHz);
    return voices.every(isHeard) && !others.some(isHeard);
  }, `${by} to hear only ${voices}`);
}
const press = (who: Who, name: string) => people[who].profile.page.getByRole('button', { name, exact: true }).click();
const cameOn = async (who: Who) => {
  await press(who, 'Turn camera on');
  await press(who, 'Unmute microphone');
};
const place = (who: Who) => roomOfPerson(allOf(state()).breakouts, people[who].id);

describe('four people', () => {
  it('meet in the main call', async () => {
    const { host, cohost, ada, ben } = people;
    const visited = visit(house.origin);
    await signInAs(host.profile.page, 'host');
    await signInAs(cohost.profile.page, 'cohost');
    await signInAs(ada.profile.page, 'participant');
    await signInByPassword(ben.profile.page, 'participant2@demo.example');
    for (const who of Object.keys(looks) as Who[]) {
      const { page } = people[who].profile;
      const { id, name } = await page.evaluate(
        async () => ((await (await fetch('/api/accounts/me')).json()) as { me: OwnProfile }).me,
      );
      Object.assign(people[who], { id, name });
      await findSession(page, soon, 'Program');
      await joinAs(page, who === 'host' || who === 'cohost' ? 'speaker' : 'participant');
    }
    director = await visited.join('organiser', (await visited.point(soon)).id, 'speaker');
    await direct('lifecycle.start');
    for (const by of ['ada', 'ben'] as const) {
      await sees(by, 'host');
      await hearsOnly(by, 'host', 'cohost');
    }
  });

  it('are moved: first-timers muted and unseen, with what they switch on only for their room', async () => {
    await direct('breakouts.add-room', {});
    await direct('breakouts.add-room', {});
    for (const [who, room] of [['ada', 'r1'] as const, ['ben', 'r1'] as const, ['cohost', 'r2'] as const])
      await direct('breakouts.move', { person: people[who].id, room });
    await direct('breakouts.open');
    for (const who of ['ada', 'ben', 'cohost'] as const)
      await expect(people[who].profile.page.getByRole('button', { name: 'Unmute microphone' })).toBeVisible();
    await hearsOnly('ada');
    for (const who of ['ada', 'ben', 'cohost'] as const) await cameOn(who);
    await Promise.all([sees('ada', 'ben'), sees('ben', 'ada')]);
    await Promise.all([hearsOnly('ada', 'ben'), hearsOnly('ben', 'ada'), hearsOnly('host'), hearsOnly('cohost')]);
  });

  it('one goes across: the old room is seen and heard until the new one is, and never both', async () => {
    const { page } = people.ada.profile;
    await startNoting(page, { own: people.ada.name, tones: [people.ben.toneHz, people.cohost.toneHz] });
    await waitUntil(async () => toneWasNoted(page, 0), 'the old voice to be noted');
    await direct('breakouts.move', { person: people.ada.id, room: 'r2' });
    await sees('ada', 'cohost');
    await hearsOnly('ada', 'cohost');
    await waitUntil(async () => toneWasNoted(page, 1), 'the new voice to be noted');
    const notes = await stopNoting(page);
    const [gapMs, silenceMs] = [longestWithoutFrame(notes), silenceBetween(notes)];
    console.log(`across: ${gapMs.toFixed(0)} ms without a frame, ${silenceMs.toFixed(0)} ms between the voices`);
    expect(gapMs).toBeLessThan(mostGapMs);
    expect(silenceMs).toBeGreaterThan(-overlapMs);
    expect(silenceMs).toBeLessThan(mostGapMs);
    // Camera and microphone went along, without being asked for again.
    await Promise.all([sees('cohost', 'ada'), hearsOnly('cohost', 'ada'), hearsOnly('ben')]);
  });

  it('there and back at once ends where it began, heard again', async () => {
    await direct('breakouts.move', { person: people.ada.id, room: 'r1' });
    await direct('breakouts.move', { person: people.ada.id, room: 'r2' });
    await Promise.all([sees('ada', 'cohost'), sees('cohost', 'ada')]);
    await Promise.all([hearsOnly('cohost', 'ada'), hearsOnly('ada', 'cohost'), hearsOnly('ben')]);
  });

  it('a reload leads back into the room, seen and heard as before', async () => {
    await people.ada.profile.page.reload();
    await Promise.all([sees('ada', 'cohost'), sees('cohost', 'ada')]);
    await hearsOnly('cohost', 'ada');
    expect(place('ada')).toBe('r2');
  });

  it('the end takes everybody back: on stage as they were, the audience unheard, nobody in a room', async () => {
    const { page } = people.ada.profile;
    await direct('breakouts.close-now');
    await Promise.all([sees('ada', 'host'), sees('ada', 'cohost'), sees('ben', 'cohost')]);
    await Promise.all([hearsOnly('ada', 'host', 'cohost'), hearsOnly('host', 'cohost'), hearsOnly('cohost', 'host')]);
    await expect(page.getByRole('button', { name: 'Mute microphone' })).toHaveCount(0);
    for (const { profile } of Object.values(people)) expect(profile.problems).toEqual([]);
  });
});
