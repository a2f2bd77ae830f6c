// Q&A among five people in different roles, two of them moderating, in real browsers: asked before the Session, voted, answered, deleted; and a list of five hundred that holds still.
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { DraftEvent } from '#platform/log/contract.ts';
import type { TestApp } from '#tests/flows/app.ts';
import { soon, startTestApp } from '#tests/flows/app.ts';
import type { Profile, ViewOptions } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { expect, joinAs, scan } from './house.ts';

let app: TestApp;
let browser: Browser;
let stream: string;
const opened: Profile[] = [];
let host: Page;
let cohost: Page;
let ada: Page;
let ben: Page;
let cem: Page;

async function visitor(name: string, view?: ViewOptions): Promise<Page> {
  const profile = await openProfile(browser, app.origin, view);
  opened.push(profile);
  const cookies = (await app.signIn(name)).split('; ').map((pair) => {
    const [key = '', ...value] = pair.split('=');
    return { name: key, value: value.join('='), url: app.origin };
  });
  await profile.context.addCookies(cookies);
  return profile.page;
}
async function enter(page: Page, role: 'speaker' | 'participant'): Promise<void> {
  await page.goto(`/sessions/${stream}`);
  await joinAs(page, role);
  await page.getByRole('tab', { name: /^Q&A/ }).click();
}
const row = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text });
const vote = (page: Page, text: string) => row(page, text).getByRole('button', { name: /^Up-vote/ });
async function ask(page: Page, text: string, anonymously = false): Promise<void> {
  await page.getByRole('textbox', { name: 'Your question' }).fill(text);
  if (anonymously) await page.getByRole('checkbox', { name: /^Ask anonymously/ }).check();
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Your question' })).toHaveValue('');
}
const order = (page: Page) => page.getByRole('tabpanel', { name: /^Open/ }).locator('li .question-text').allTextContents();

beforeAll(async () => {
  app = await startTestApp({ webDir: join(import.meta.dirname, '../../dist/web') });
  stream = (await app.point(soon)).id;
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

describe('five people', () => {
  it('ask before the Session, from the Program page', async () => {
    ada = await visitor('participant1');
    await ada.goto('/events/baltic-career-days/program');
    const point = ada.getByRole('article').filter({ has: ada.getByRole('heading', { name: soon }) });
    await point.getByRole('button', { name: 'Ask a question' }).click();
    const dialog = ada.getByRole('dialog', { name: 'Ask a question' });
    await dialog.getByRole('textbox', { name: 'Your question' }).fill('What should I read before?');
    await scan(ada, 'questions-program-dialog');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await expect(ada.getByText('Your question is with the speakers.')).toBeVisible();
    await expect(dialog).toHaveCount(0);
  });

  it('wait with Q&A and Company only, and find the question there', async () => {
    await enter(ada, 'participant');
    const panel = ada.getByRole('complementary', { name: 'Session panel' });
    await expect(panel.getByRole('tab', { name: /^(People|Chat)/ })).toHaveCount(0);
    await expect(row(ada, 'What should I read before?')).toBeVisible();
    ben = await visitor('participant2', { width: 390, height: 844 });
    await enter(ben, 'participant');
    await ask(ben, 'Is there a part-time place for students?', true);
    await expect(row(ben, 'part-time')).toContainText('You, anonymous');
    await expect(row(ada, 'part-time')).toContainText('Anonymous');
    await scan(ada, 'questions-waiting');
    await scan(ben, 'questions-waiting-phone');
    await ada.getByRole('tab', { name: 'Company' }).click();
    await expect(ada.getByRole('heading', { name: 'Halden Robotics' })).toBeVisible();
    await scan(ada, 'questions-company');
    await ada.getByRole('tab', { name: /^Q&A/ }).click();
  });

  it('keep what was typed over a reload', async () => {
    const field = () => ada.getByRole('textbox', { name: 'Your question' });
    await field().fill('Half a question');
    await ada.reload();
    await expect(field()).toHaveValue('Half a question');
    await field().fill('x'.repeat(430));
    await expect(ada.getByText('70 characters left')).toBeVisible();
    await field().fill('x'.repeat(501));
    await expect(ada.getByRole('alert').filter({ hasText: '1 character too long' })).toBeVisible();
    await field().fill('');
  });

  it('vote once and take it back; the count is the button’s text', async () => {
    cem = await visitor('participant3');
    await enter(cem, 'participant');
    await vote(ada, 'part-time').click();
    await vote(cem, 'part-time').click();
    const button = ben.getByRole('button', { name: 'Up-vote, 2 votes' });
    await expect(button).toHaveText('2');
    await expect(button).toHaveAttribute('aria-pressed', 'false');
    await expect(vote(cem, 'part-time')).toHaveAttribute('aria-pressed', 'true');
    await vote(cem, 'part-time').click();
    await expect(vote(ben, 'part-time')).toHaveText('1');
  });

  it('two moderate: answering live at the top, ticks, the names of the anonymous, approval', async () => {
    host = await visitor('host');
    cohost = await visitor('cohost', { colorScheme: 'dark' });
    await enter(host, 'speaker');
    await enter(cohost, 'speaker');
    await expect(row(host, 'part-time')).toContainText(/\w+ .*, anonymous/);
    await row(host, 'What should I read').getByRole('button', { name: 'Answering live' }).click();
    await host.mouse.move(300, 300);
    for (const page of [ada, ben, cohost]) {
      await page.mouse.move(100, 300);
      await expect(row(page, 'What should I read')).toContainText('Answering live');
      await expect.poll(async () => (await order(page))[0]).toBe('What should I read before?');
    }
    await scan(host, 'questions-host');
    await scan(cohost, 'questions-host-dark');
    await expect(ada.locator('.answering-bar')).toHaveCount(0);
    await row(host, 'What should I read').getByRole('button', { name: 'Answering live' }).click();
    await expect(row(ada, 'What should I read')).not.toContainText('Answering live');
    await expect.poll(async () => (await order(ada))[0]).toContain('part-time');
    // A hand on the list keeps its rows where they are: the line above them tells.
    await vote(ada, 'part-time').hover();
    const place = await vote(ada, 'part-time').boundingBox();
    await row(host, 'What should I read').getByRole('button', { name: 'Answering live' }).click();
    await expect(ada.locator('.answering-bar')).toHaveText('Answering liveWhat should I read before?');
    expect(await vote(ada, 'part-time').boundingBox()).toEqual(place);
    await scan(ada, 'questions-answering-bar');
    await ada.mouse.move(100, 300);
    await expect(ada.locator('.answering-bar')).toHaveCount(0);
    await ben.getByRole('tab', { name: /^Answered/ }).click();
    await expect(ben.locator('.answering-bar')).toContainText('What should I read before?');
    await scan(ben, 'questions-answering-bar-phone');
    await ben.getByRole('tab', { name: /^Open/ }).click();
    await host.mouse.move(300, 300);
    await row(cohost, 'What should I read').getByRole('checkbox', { name: 'Answered' }).check();
    await expect(ada.getByRole('tab', { name: 'Answered 1' })).toBeVisible();
    await host.getByRole('tab', { name: 'Answered 1' }).click();
    await row(host, 'What should I read').getByRole('checkbox', { name: 'Answered' }).uncheck();
    await expect(ada.getByRole('tab', { name: 'Open 2' })).toBeVisible();
    await host.getByRole('tab', { name: 'Open 2' }).click();
    await host.getByRole('button', { name: 'Q&A options' }).click();
    await host.getByRole('checkbox', { name: 'Approve questions first' }).check();
    await expect(host.getByRole('tab', { name: 'To approve 0' })).toBeVisible();
    await ask(cem, 'Waits for you');
    await expect(row(cem, 'Waits for you')).toContainText('Waits for a speaker’s approval');
    await expect(row(ada, 'Waits for you')).toHaveCount(0);
    await cohost.getByRole('tab', { name: 'To approve 1' }).click();
    await ask(cem, 'Waits below it');
    await expect(cohost.getByRole('tab', { name: 'To approve 2' })).toBeVisible();
    await scan(cohost, 'questions-approve');
    const below = row(cohost, 'Waits below it').getByRole('button', { name: 'Approve' });
    await below.hover();
    const where = await below.boundingBox();
    await host.getByRole('tab', { name: 'To approve 2' }).click();
    await row(host, 'Waits for you').getByRole('button', { name: 'Approve' }).click();
    await expect(row(cohost, 'Approved: everyone sees it now.')).toBeVisible();
    expect(await below.boundingBox()).toEqual(where);
    await below.click();
    await cohost.mouse.move(100, 300);
    await expect(row(cohost, 'Approved: everyone sees it now.')).toHaveCount(0);
    await expect(row(ada, 'Waits for you')).toBeVisible();
    await host.getByRole('checkbox', { name: 'Approve questions first' }).uncheck();
    const link = host.getByRole('link', { name: 'Download as CSV' });
    const [download] = await Promise.all([host.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('questions.csv');
  });

  it('delete: the author theirs, a speaker any; the row under the hand stays in its place', async () => {
    await row(cem, 'Waits for you').getByRole('button', { name: 'Delete' }).click();
    await row(ada, 'Waits for you').hover();
    await cem.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await expect(row(cem, 'Waits for you')).toHaveCount(0);
    await expect(row(ada, 'This question was deleted.')).toBeVisible();
    await ada.mouse.move(200, 300);
    await expect(row(ada, 'This question was deleted.')).toHaveCount(0);
  });
});

describe('five hundred questions', () => {
  it('rank without jumping under the pointer, and smoothly', async () => {
    const at = new Date().toISOString();
    const long = 'رنا الخزامي: كيف تتعلم الروبوتات؟ '.repeat(3);
    const facts = Array.from({ length: 500 }, (_, index): DraftEvent => {
      const text = index === 7 ? long : `Question ${index}: how do you do what nobody has done before, on a Monday?`;
      return { audience: 'all', type: 'questions.published', body: { question: 100 + index, text, author: null, askedAt: at } };
    });
    await app.server.db.transaction((tx) => app.server.log.appendFacts(tx, stream, facts));
    await app.server.log.announce(stream);
    await expect(ada.getByRole('tab', { name: /^Open 50\d/ })).toBeVisible();
    const target = vote(ada, 'Question 3:');
    await target.hover();
    const before = await order(ada);
    const place = await target.boundingBox();
    const count = (question: number, votes: number): DraftEvent => ({
      audience: 'all',
      type: 'questions.counted',
      body: { question, votes },
    });
    for (let turn = 1; turn <= 25; turn++) {
      const votes = Array.from({ length: 200 }, (_, index) => count(100 + ((turn * 37 + index * 7) % 500), turn + (index % 9)));
      await app.server.db.transaction((tx) => app.server.log.appendFacts(tx, stream, votes));
      await app.server.log.announce(stream);
    }
    await app.server.db.transaction((tx) => app.server.log.appendFacts(tx, stream, [count(499, 999)]));
    await app.server.log.announce(stream);
    await expect(ada.getByRole('button', { name: 'New order' })).toBeVisible();
    await expect(row(ada, 'Question 399:').getByRole('button', { name: 'Up-vote, 999 votes' })).toBeAttached();
    expect(await order(ada)).toEqual(before);
    expect(await target.boundingBox()).toEqual(place);
    await scan(ada, 'questions-500');
    await ada.mouse.move(300, 300);
    await expect.poll(async () => (await order(ada))[0]).toContain('Question 399:');
    await expect(ada.getByRole('button', { name: 'New order' })).toHaveCount(0);
    await ada.getByRole('button', { name: 'Search questions' }).click();
    await ada.getByRole('searchbox', { name: 'Search questions' }).fill('QUESTION 42:');
    await expect(ada.getByRole('tabpanel').getByRole('listitem')).toHaveCount(5);
  });

  it('in German, dark, on a phone', async () => {
    await app.request('PATCH', '/api/accounts/me', await app.signIn('participant4'), { language: 'de' });
    const page = await visitor('participant4', { width: 390, height: 844, locale: 'de-DE', colorScheme: 'dark' });
    await page.goto(`/sessions/${stream}`);
    await page.getByRole('button', { name: /Publikum|participant/ }).click();
    await expect(page.locator('.question').first()).toBeVisible();
    await scan(page, 'questions-de-dark-phone');
  });

  it('nobody met an error, or asked another host', () => {
    expect(opened.flatMap((one) => [...one.problems, ...one.foreign])).toEqual([]);
  });
});
