// The corpus of tests/security/xss-corpus.ts through the text fields that exist, into the views that show them: nothing runs, no policy is
// violated, nothing becomes markup, and it is shown as it was typed.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect as expectNow, it } from 'vitest';
import { longestNotice, longestRoomName, mostRooms } from '#features/breakouts/contract.ts';
import type { TestApp } from '#tests/flows/app.ts';
import { soon, startTestApp } from '#tests/flows/app.ts';
import { follow, openOwn, supportAt } from '#tests/flows/support-bed.ts';
import { xssCorpus } from '#tests/security/xss-corpus.ts';
import type { Profile } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { expect, joinAs } from './house.ts';

let app: TestApp;
let browser: Browser;
let stream: string;
const opened: Profile[] = [];

/** As a field that trims shows it. */
const typed = xssCorpus.map((text) => text.trim());
const inOneText = typed.join('\n\n');

beforeAll(async () => {
  app = await startTestApp({ webDir: join(import.meta.dirname, '../../dist/web') });
  stream = (await app.point(soon)).id;
  browser = await openBrowser();
  const host = await app.join('host', stream, 'speaker');
  for (const [type, body] of [
    ['stage.enter', { microphone: false, camera: false }],
    ['lifecycle.start', {}],
    ['chat.set-pace', { messages: 1000 }],
  ] as const) {
    expectNow(await host.send(type, body)).toBeNull();
  }
  const people = await app.server.db.query<{ id: string }>('select person_id as id from accounts order by email');
  for (const [at, text] of typed.entries()) {
    const actor = { kind: 'person', personId: people[at % people.length]?.id ?? '', as: 'participant' } as const;
    const submit = (type: string, body: Record<string, unknown>) =>
      app.server.log.submit(stream, actor, { id: randomUUID(), type, body });
    expectNow(await submit('chat.send', { channel: 'everyone', text })).toMatchObject({ ok: true });
    if (at < 60) expectNow(await submit('questions.ask', { text, anonymous: false })).toMatchObject({ ok: true });
  }
  await writeEverywhere();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** What organisers, companies and people write about themselves. */
async function writeEverywhere(): Promise<void> {
  const { db } = app.server;
  const some = (at: number) => typed[at % typed.length] as string;
  const people = await db.query<{ id: string }>('select id from persons order by id');
  for (const [at, { id }] of people.entries()) {
    await db.query('update persons set name = $2, headline = $3, organisation = $4 where id = $1', [
      id,
      some(at).slice(0, 120),
      some(at + 30).slice(0, 120),
      some(at + 60).slice(0, 120),
    ]);
  }
  const companies = await db.query<{ id: string }>('select id from companies order by id');
  for (const [at, { id }] of companies.entries()) {
    const links = typed.map((text) => ({ label: text, url: text }));
    const jobs = typed.map((text) => ({ title: text, place: text, url: text }));
    await db.query(
      'update companies set name = $2, tagline = $3, description = $4, links = $5::jsonb, jobs = $6::jsonb where id = $1',
      [id, some(at), some(at + 20), inOneText, JSON.stringify(links), JSON.stringify(jobs)],
    );
  }
  await db.query('update events set description = $1, organiser_name = $2', [inOneText, some(6)]);
  await db.query('update program_points set description = $1, kind = $2', [inOneText, some(7)]);
  await db.query('update program_points set title = $1 where id = $2', [`${soon} ${some(0)}`, stream]);
}

async function visitor(name: string): Promise<Page> {
  const profile = await openProfile(browser, app.origin);
  opened.push(profile);
  const [key = '', ...value] = (await app.signIn(name)).split('=');
  await profile.context.addCookies([{ name: key, value: value.join('='), url: app.origin }]);
  await profile.page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, { __violations: violations });
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  profile.page.on('dialog', (dialog) => {
    void dialog.dismiss();
    void profile.page.evaluate(() => Object.assign(window, { __x: 'dialog' }));
  });
  return profile.page;
}

/** Nothing ran, nothing tried to, and no text became an element. */
async function expectHarmless(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(() => {
    const all = [...document.querySelectorAll('*')];
    const handlers = all.flatMap((one) => one.getAttributeNames().filter((name) => name.startsWith('on')));
    const addresses = all.flatMap((one) =>
      ['href', 'src', 'action', 'formaction', 'xlink:href'].flatMap((name) => one.getAttribute(name) ?? []),
    );
    const { __x, __violations } = window as unknown as { __x?: unknown; __violations?: string[] };
    return {
      ran: __x ?? null,
      violations: __violations ?? [],
      handlers,
      // What a browser makes of an address, disguises included.
      dangerous: addresses.filter((one) =>
        /^(javascript|vbscript|data:text|view-source)/i.test(
          URL.canParse(one, location.href) ? new URL(one, location.href).href : '',
        ),
      ),
      foreign: all
        .filter((one) => /^(iframe|object|embed|base|marquee|math|foreignobject|animate)$/i.test(one.tagName))
        .map((one) => one.tagName),
    };
  });
  expectNow({ where, ...found }).toEqual({ where, ran: null, violations: [], handlers: [], dangerous: [], foreign: [] });
}

/** `nothing but white space differs`: HTML draws several as one. */
const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('nothing that people write runs', () => {
  it.each(['lobby', 'program', 'schedule', 'companies'])('on the event’s page %s', async (tab) => {
    const page = await visitor('participant1');
    await page.goto(`/events/baltic-career-days/${tab === 'lobby' ? '' : tab}`);
    await expect(page.getByRole('tablist').first()).toBeVisible();
    await page.waitForLoadState('networkidle');
    await expectHarmless(page, tab);
  });

  it('on every company’s page', async () => {
    const page = await visitor('participant2');
    const { companies } = await app.get<{ companies: { slug: string }[] }>(
      '/api/events/baltic-career-days',
      await app.signIn('participant2'),
    );
    for (const { slug } of companies) {
      await page.goto(`/events/baltic-career-days/companies/${slug}`);
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      await expectHarmless(page, slug);
    }
  });

  it('at the entrance and inside: chat, questions, people, company, as typed', async () => {
    const page = await visitor('participant3');
    await page.goto(`/sessions/${stream}`);
    await expect(page.getByRole('button', { name: 'Join as a participant' })).toBeVisible();
    await expectHarmless(page, 'entrance');
    await joinAs(page, 'participant');
    await page.getByRole('tab', { name: /^Chat/ }).click();
    const log = page.getByRole('log', { name: 'Chat messages' });
    await expect(log).toContainText('evil.example?x=');
    const shown = squeezed((await log.textContent()) ?? '');
    expectNow(typed.filter((text) => !shown.includes(squeezed(text)))).toEqual([]);
    await expectHarmless(page, 'chat');
    for (const tab of [/^Q&A/, /^People/, /^Company/]) {
      await page.getByRole('tab', { name: tab }).click();
      await page.waitForLoadState('networkidle');
      await expectHarmless(page, String(tab));
    }
    await page.getByRole('tab', { name: /^Q&A/ }).click();
    const questions = page.locator('.question-text');
    await expect(questions.first()).toBeVisible();
    const asked = (await questions.allTextContents()).map(squeezed);
    expectNow(asked.filter((text) => !typed.map(squeezed).includes(text))).toEqual([]);
    expectNow(asked.length).toBeGreaterThan(20);
  });

  it('in breakout rooms: their names, and messages to all of them', async () => {
    const [host] = await app.server.db.query<{ id: string }>(
      "select person_id as id from accounts where email = 'host@demo.example'",
    );
    const direct = async (type: string, body: Record<string, unknown> = {}) => {
      const command = { id: randomUUID(), type, body };
      const outcome = await app.server.log.submit(stream, { kind: 'person', personId: host?.id ?? '', as: 'speaker' }, command);
      expectNow(outcome).toMatchObject({ ok: true });
    };
    const roomNames = [...new Set(typed.filter((text) => text.length > 0 && text.length <= longestRoomName))].slice(0, mostRooms);
    expectNow(roomNames).toHaveLength(mostRooms);
    for (const name of roomNames) await direct('breakouts.add-room', { name });
    await direct('breakouts.set-options', { freeChoice: true });
    await direct('breakouts.open');
    const page = await visitor('participant5');
    await page.goto(`/sessions/${stream}`);
    await joinAs(page, 'participant');
    const chips = page.getByRole('navigation', { name: 'Rooms' }).getByRole('button');
    await expect(chips).toHaveCount(mostRooms + 1);
    // What was said before somebody came is none of theirs.
    await direct('breakouts.message-all', { text: inOneText.slice(0, longestNotice) });
    await expect(page.getByRole('region', { name: 'to all rooms' })).toBeVisible();
    const shown = squeezed((await chips.allTextContents()).join(' '));
    expectNow(roomNames.filter((name) => !shown.includes(squeezed(name)))).toEqual([]);
    await chips.nth(1).click();
    await expect(page.locator('.where')).toContainText('What is said here stays here');
    await expectHarmless(page, 'breakout room');
    await direct('breakouts.close-now');
  });

  it('in support, at the desk and for the person', async () => {
    const cookie = await app.signIn('participant4');
    const talk = await follow(app, cookie, await openOwn(app, cookie));
    const sent = typed.slice(0, 20);
    for (const text of sent) expectNow(await talk.send('support.send', { text })).toBeNull();
    talk.cut();
    const page = await visitor('support');
    await page.goto('/events/baltic-career-days/support');
    await page.waitForLoadState('networkidle');
    await expectHarmless(page, supportAt);
    const own = await visitor('participant4');
    await own.goto('/events/baltic-career-days');
    await own.getByRole('button', { name: /^Support/ }).click();
    const sheet = own.getByRole('dialog', { name: 'Support' });
    await expect(sheet.getByRole('log')).toContainText(sent.at(-1) as string);
    const shown = squeezed((await sheet.getByRole('log').textContent()) ?? '');
    expectNow(sent.filter((text) => !shown.includes(squeezed(text)))).toEqual([]);
    await expectHarmless(own, 'own support sheet');
  });

  it('in one’s own profile, typed into its form and there again after a reload', async () => {
    const page = await visitor('participant6');
    const [name = '', headline = '', organisation = ''] = typed.filter((text) => text.includes('<') && text.length <= 120);
    await page.goto('/profile');
    const fields = { Name: name, Headline: headline, 'Company or university': organisation };
    for (const [label, text] of Object.entries(fields)) await page.getByRole('textbox', { name: label }).fill(text);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByText('Profile saved')).toBeVisible();
    await expectHarmless(page, 'profile saved');
    await page.reload();
    for (const [label, text] of Object.entries(fields))
      await expect(page.getByRole('textbox', { name: label })).toHaveValue(text);
    await page.getByRole('button', { name: 'Account menu' }).click();
    await expectHarmless(page, 'profile');
  });
});

it('a cell of an exported table is never a formula', async () => {
  const csv = await (
    await app.request('GET', `/api/sessions/${stream}/questions.csv?language=en`, await app.signIn('host'))
  ).text();
  // Cells after a comma or at a line's beginning; quoted or not.
  expectNow(csv.match(/(^|,|\r\n)"?[=+@\t\r-]/g) ?? []).toEqual([]);
  expectNow(csv).toContain('script');
});
