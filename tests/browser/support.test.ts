// Support from both ends in real browsers: asked with consent, answered while the panel is closed, reloaded, moved, resolved, asked again.
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Profile } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { expect, findSession, joinAs, scan, signInAs, signInByPassword } from './house.ts';
import type { Launched } from './launched.ts';
import { launchStagedoor } from './launched.ts';

const title = 'Robots that ask for help';
const event = '/events/baltic-career-days';
const asked = 'My microphone is not found, see https://help.example/mic?x=1 <img src=x onerror=alert(1)>';

let house: Launched;
let browser: Browser;
let visitor: Profile;
let supporter: Profile;

const ring = (page: Page) => page.getByRole('button', { name: /^Support/ });
const sheet = (page: Page) => page.getByRole('dialog', { name: 'Support' });
const messages = (page: Page) => page.getByRole('log', { name: 'Chat messages' });
const conversations = (page: Page) => page.getByRole('region', { name: 'Conversations' });

async function send(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(messages(page)).toContainText(text);
}

beforeAll(async () => {
  house = await launchStagedoor();
  browser = await openBrowser();
  visitor = await openProfile(browser, house.origin);
  supporter = await openProfile(browser, house.origin);
  await signInAs(visitor.page, 'participant');
  await signInAs(supporter.page, 'support');
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

describe('support', () => {
  it('a person asks from the Lobby, and sees beforehand exactly what is sent along', async () => {
    const { page } = visitor;
    await page.goto(event);
    await expect(page.getByRole('tab', { name: 'Lobby' })).toBeVisible();
    await expect(page.getByRole('tab', { name: 'Support' })).toHaveCount(0);
    await ring(page).click();
    await expect(sheet(page).getByText('Browser', { exact: true })).toBeVisible();
    const consent = sheet(page).getByRole('checkbox');
    await expect(consent).not.toBeChecked();
    await expect(sheet(page)).toContainText('Chrome');
    await scan(page, 'support-first');
    await consent.check();
    await send(page, asked);
    await expect(messages(page)).toContainText('technical information');
    await expect(sheet(page).getByRole('checkbox')).toHaveCount(0);
    await expect(messages(page).getByRole('link')).toHaveAttribute('href', 'https://help.example/mic?x=1');
    await page.keyboard.press('Escape');
    await expect(sheet(page)).toHaveCount(0);
    await expect(ring(page)).toBeFocused();
  });

  it('the desk shows who waits and since when, what they sent along, and where they are', async () => {
    const { page } = supporter;
    await page.goto(event);
    await expect(page.getByRole('tab', { name: 'Support 1' })).toBeVisible();
    await page.getByRole('tab', { name: 'Support' }).click();
    const row = conversations(page).getByRole('button', { name: /My microphone/ });
    await expect(row).toContainText(/\d+:\d\d/);
    await scan(page, 'support-desk-list');
    await row.click();
    await expect(page.getByRole('complementary', { name: 'Diagnostics' })).toContainText('Chrome');
    await expect(page.getByText('In the Lobby')).toBeVisible();
    await expect(messages(page).locator('img')).toHaveCount(0);
  });

  it('an answer while the panel is closed is told, also after a reload, until it was read', async () => {
    const { page } = supporter;
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    await expect(page.getByText('You have it')).toBeVisible();
    await page.locator('summary[aria-label="Canned answers"]').click();
    await page.getByRole('button', { name: /^Allow camera and microphone/ }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(messages(page)).toContainText('Your browser blocks');
    const told = visitor.page;
    await expect(told.getByText('Support has answered')).toBeVisible();
    await expect(told.getByRole('button', { name: 'Support, 1 new message' })).toBeVisible();
    await scan(told, 'support-answered');
    await told.reload();
    await told.getByRole('button', { name: 'Support, 1 new message' }).click();
    await expect(messages(told)).toContainText('Your browser blocks');
    await expect(sheet(told)).toContainText(/Nikolai .* is answering you/);
    await expect(told.getByRole('button', { name: 'Support', exact: true })).toBeVisible();
    await scan(told, 'support-sheet');
    await scan(page, 'support-desk');
    await page.emulateMedia({ colorScheme: 'dark' });
    await scan(page, 'support-desk-dark');
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('what was typed and the open panel survive a reload; a second tab has the same conversation', async () => {
    const { page, context } = visitor;
    await page.getByRole('textbox', { name: 'Message' }).fill('half a sen');
    await page.reload();
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('half a sen');
    const tab = await context.newPage();
    await tab.goto(`${event}/program`);
    await ring(tab).click();
    await expect(messages(tab)).toContainText('Your browser blocks');
    await send(tab, 'From the other tab');
    await expect(messages(page)).toContainText('From the other tab');
    await tab.close();
  });

  it('the ring is at the entrance and inside, in the panel’s place; the desk sees where the person went', async () => {
    const { page } = visitor;
    await page.keyboard.press('Escape');
    await findSession(page, title, 'Program');
    await expect(ring(page)).toBeVisible();
    const desk = supporter.page;
    await expect(desk.getByText(`At the entrance of ${title}`)).toBeVisible();
    await joinAs(page, 'participant');
    await expect(page.getByRole('button', { name: 'Leave', exact: true })).toBeVisible();
    await ring(page).click();
    await expect(page.getByRole('complementary', { name: 'Session panel' })).toHaveCount(0);
    await expect(messages(page).filter({ hasText: 'From the other tab' })).toBeVisible();
    await expect(page.getByText('Support has answered')).toHaveCount(0);
    await scan(page, 'support-inside', '.support-sheet');
    await expect(desk.getByRole('link', { name: `Join ${title}` })).toHaveAttribute('href', /\/sessions\//);
    await expect(desk.getByText(`In ${title}`, { exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await expect(page.getByRole('tab', { name: 'Lobby' })).toBeVisible();
  });

  it('resolved, found again, and waiting once more when the person writes', async () => {
    const desk = supporter.page;
    await desk.getByRole('button', { name: 'Resolve', exact: true }).click();
    await expect(conversations(desk).getByRole('heading', { name: 'Nobody is waiting' })).toBeVisible();
    await conversations(desk).getByRole('searchbox').fill('other tab');
    await expect(conversations(desk).getByRole('button', { name: /From the other tab/ })).toBeVisible();
    await conversations(desk).getByRole('searchbox').fill('');
    const { page } = visitor;
    await ring(page).click();
    await expect(sheet(page)).toContainText('This is resolved');
    await send(page, 'It is back');
    await expect(conversations(desk).getByRole('button', { name: /It is back/ })).toContainText(/\d+:\d\d/);
  });

  it('an organiser and a supporter take it: the second is told who has it', async () => {
    const organiser = await openProfile(browser, house.origin);
    await signInAs(organiser.page, 'organiser');
    await organiser.page.goto(`${event}/support`);
    await conversations(organiser.page)
      .getByRole('button', { name: /It is back/ })
      .click();
    await supporter.page.getByRole('button', { name: 'Take', exact: true }).click();
    await expect(organiser.page.getByText(/Taken by Nikolai/)).toBeVisible();
    await expect(organiser.page.getByRole('textbox', { name: 'Message' })).toBeDisabled();
    await organiser.page.getByRole('button', { name: 'Take over' }).click();
    await expect(supporter.page.getByText(/Taken by Siobhán/)).toBeVisible();
    expect(organiser.problems).toEqual([]);
    await organiser.context.close();
  });

  it('canned answers are edited for the whole team', async () => {
    const { page } = supporter;
    await page.locator('summary[aria-label="Canned answers"]').click();
    await page.getByRole('button', { name: 'Edit canned answers' }).click();
    const editor = page.getByRole('dialog', { name: 'Edit canned answers' });
    await editor.getByRole('button', { name: 'Add an answer' }).click();
    await editor.getByRole('textbox', { name: 'Title' }).last().fill('Wi-Fi');
    await editor.getByRole('textbox', { name: 'Text' }).last().fill('Are you on Wi-Fi?');
    await scan(page, 'support-answers');
    await editor.getByRole('button', { name: 'Save' }).click();
    await expect(editor).toHaveCount(0);
    await page.locator('summary[aria-label="Canned answers"]').click();
    await expect(page.getByRole('button', { name: /^Wi-Fi/ })).toBeVisible();
  });

  it('on a phone, in German', async () => {
    const phone = await openProfile(browser, house.origin, { width: 390, height: 844, locale: 'de-DE' });
    const { page } = phone;
    await page.goto('/sign-in');
    await page.getByRole('textbox', { name: 'E-Mail' }).fill('participant2@demo.example');
    await page.getByLabel('Passwort', { exact: true }).fill('stagedoor-demo');
    await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
    await expect(page).toHaveURL(/\/events$/);
    // From here on the language is the profile's, not the browser's.
    await page.evaluate(async () => {
      const headers = { 'content-type': 'application/json' };
      await fetch('/api/accounts/me', { method: 'PATCH', headers, body: JSON.stringify({ language: 'de' }) });
    });
    await page.goto(event);
    await ring(page).click();
    await expect(sheet(page).getByText('Wie können wir helfen?')).toBeVisible();
    await expect(sheet(page).getByText('Zeitzone')).toBeVisible();
    await scan(page, 'support-phone-german');
    const box = await sheet(page).boundingBox();
    expect(box?.width).toBe(390);
    await page.getByRole('textbox', { name: 'Nachricht' }).fill('Ich höre nichts');
    await page.getByRole('button', { name: 'Senden', exact: true }).click();
    await expect(page.getByRole('log', { name: 'Chatnachrichten' })).toContainText('Ich höre nichts');
    await expect(conversations(supporter.page).getByRole('button', { name: /Ich höre nichts/ })).toBeVisible();
    expect(phone.problems).toEqual([]);
    await phone.context.close();
    const desk = await openProfile(browser, house.origin, { width: 390, height: 844 });
    await signInByPassword(desk.page, 'support@demo.example');
    await desk.page.goto(`${event}/support`);
    await expect(conversations(desk.page).getByRole('button', { name: /Ich höre nichts/ })).toBeVisible();
    await scan(desk.page, 'support-desk-phone-list');
    await conversations(desk.page)
      .getByRole('button', { name: /Ich höre nichts/ })
      .click();
    await expect(desk.page.getByRole('log', { name: 'Chat messages' })).toContainText('Ich höre nichts');
    await scan(desk.page, 'support-desk-phone');
    await desk.page.getByRole('button', { name: 'Back to the list' }).click();
    await expect(conversations(desk.page)).toBeVisible();
    await desk.context.close();
  });

  it('asked nobody outside, and nothing failed', () => {
    for (const { foreign, problems } of [visitor, supporter]) expect([foreign, problems]).toEqual([[], []]);
  });
});
