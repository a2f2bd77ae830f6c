// The chat among several people in real browsers: answers, reactions, mentions, moderation, and a past that comes without a jump.
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { visit } from '#tests/flows/app.ts';
import type { LiveClient } from '#tests/flows/live-client.ts';
import type { Profile } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { expect, findSession, joinAs, say, scan, signInAs } from './house.ts';
import type { Launched } from './launched.ts';
import { launchStagedoor } from './launched.ts';

const soon = 'Robots that ask for help';
const secondMs = 1000;
let house: Launched;
let browser: Browser;
let host: Profile;
let ada: Profile;
let crowd: LiveClient;
let closeCrowd: () => void;

const log = (page: Page) => page.getByRole('log', { name: 'Chat messages' });
const row = (page: Page, text: string) => log(page).locator('.msg').filter({ hasText: text });
const composer = (page: Page) => page.getByRole('textbox', { name: 'Message' });
/** The socket's own limit binds speakers too. */
async function sayMany(words: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const refusal = await crowd.send('chat.send', { channel: 'everyone', text: `${words} ${index}` });
    if (refusal?.code !== 'too-fast') continue;
    index--;
    await new Promise((resolve) => setTimeout(resolve, Number(refusal.details?.retryAfterMs ?? secondMs)));
  }
}

beforeAll(async () => {
  house = await launchStagedoor();
  browser = await openBrowser();
  host = await openProfile(browser, house.origin);
  ada = await openProfile(browser, house.origin, { width: 390, height: 844, colorScheme: 'dark' });
  await signInAs(host.page, 'host');
  await findSession(host.page, soon, 'Program');
  const stream = new URL(host.page.url()).pathname.split('/').at(-1) as string;
  await joinAs(host.page, 'speaker');
  await signInAs(ada.page, 'participant');
  await findSession(ada.page, soon, 'Program');
  await joinAs(ada.page, 'participant');
  const visited = visit(house.origin);
  crowd = await visited.join('cohost', stream, 'speaker');
  closeCrowd = visited.cutAll;
});
afterAll(async () => {
  closeCrowd?.();
  await browser?.close();
  await house?.stop();
});

describe('the chat', () => {
  it('what a speaker types Backstage stays there: over another tab, a reload, the start, and an answer', async () => {
    const { page } = host;
    const secret = 'She is not ready, let us wait';
    const to = (name: string) => page.getByRole('radiogroup', { name: 'Send to' }).getByRole('radio', { name, exact: true });
    await page.getByRole('tab', { name: /^Chat/ }).click();
    await expect(to('Everyone')).toBeDisabled();
    await composer(page).fill(secret);
    await page.getByRole('tab', { name: 'People' }).click();
    await page.getByRole('tab', { name: /^Chat/ }).click();
    await expect(composer(page)).toHaveValue(secret);
    await page.reload();
    await page.getByRole('tab', { name: /^Chat/ }).click();
    await expect(composer(page)).toHaveValue(secret);
    expect(await crowd.send('lifecycle.start')).toBeNull();
    await expect(to('Everyone')).toBeEnabled();
    await expect(to('Backstage')).toBeChecked();
    await page.reload();
    await page.getByRole('tab', { name: /^Chat/ }).click();
    await expect(to('Backstage')).toBeChecked();
    await composer(page).press('End');
    await page.keyboard.type(' a little');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(row(page, `${secret} a little`)).toContainText('Backstage');
    await scan(page, 'chat-backstage');

    // By a press it is everyone's, and the words typed for the others stay with the others.
    await composer(page).fill('Half a whisper');
    await to('Everyone').check();
    await expect(composer(page)).toHaveValue('');
    await composer(page).fill('Half a welcome');
    await row(page, secret).hover();
    await row(page, secret).getByRole('button', { name: 'Reply' }).click();
    await expect(composer(page)).toHaveValue('Half a whisper');
    await page.getByRole('button', { name: 'Do not reply' }).click();
    await expect(to('Backstage')).toBeChecked();
    await expect(composer(page)).toHaveValue('Half a whisper');
    await to('Everyone').check();
    await expect(composer(page)).toHaveValue('Half a welcome');
    await page.getByRole('button', { name: 'Send', exact: true }).click();

    await ada.page.getByRole('tab', { name: /^Chat/ }).click();
    await expect(row(ada.page, 'Half a welcome')).toBeVisible();
    await expect(log(ada.page).locator('.msg')).toHaveCount(1);
    await to('Backstage').check();
    await composer(page).fill('');
    await to('Everyone').check();
  });

  it('a question is answered and reacted to; the quote leads back to it', async () => {
    await say(ada.page, 'Is there a night shift? See www.example.org/shifts.');
    await expect(row(ada.page, 'night shift').getByRole('link')).toHaveAttribute('href', 'https://www.example.org/shifts');
    await host.page.getByRole('tab', { name: /^Chat/ }).click();
    await row(host.page, 'night shift').hover();
    await row(host.page, 'night shift').getByRole('button', { name: 'Reply' }).click();
    await composer(host.page).fill('Yes, one in four weeks.');
    await host.page.getByRole('button', { name: 'Send', exact: true }).click();
    const answer = row(ada.page, 'one in four weeks');
    await expect(answer.getByRole('button', { name: /^Reply to You: Is there a night shift/ })).toBeVisible();
    await answer.getByRole('button', { name: /^Reply to/ }).click();
    await expect(row(ada.page, 'night shift').first()).toBeFocused();

    await answer.getByRole('button', { name: 'React' }).click();
    await ada.page.getByRole('menuitemcheckbox', { name: /Heart/ }).click();
    await expect(answer.getByRole('button', { name: 'Heart, 1' })).toHaveAttribute('aria-pressed', 'true');
    const seen = row(host.page, 'one in four weeks').getByRole('button', { name: 'Heart, 1' });
    await expect(seen).toHaveAttribute('aria-pressed', 'false');
    await seen.click();
    await expect(answer.getByRole('button', { name: 'Heart, 2' })).toBeVisible();
    await answer.getByRole('button', { name: 'Heart, 2' }).click();
    await expect(answer.getByRole('button', { name: 'Heart, 1' })).toHaveAttribute('aria-pressed', 'false');
    await scan(ada.page, 'chat-phone-dark');
  });

  it('a mention is chosen from those present, marks the tab and the row', async () => {
    const name = 'Tomasz Wiśniewolski';
    await host.page.getByRole('tab', { name: 'People' }).click();
    await composer(ada.page).pressSequentially('Thank you @wis');
    await expect(ada.page.getByRole('option', { name })).toBeVisible();
    await ada.page.keyboard.press('Enter');
    await expect(composer(ada.page)).toHaveValue(`Thank you @${name} `);
    await composer(ada.page).pressSequentially('for that');
    await ada.page.reload();
    await ada.page.getByRole('tab', { name: /^Chat/ }).click();
    await expect(composer(ada.page)).toHaveValue(`Thank you @${name} for that`);
    await ada.page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(host.page.getByRole('tab', { name: 'Chat @1' })).toBeVisible();
    await host.page.getByRole('tab', { name: /^Chat/ }).click();
    await expect(row(host.page, 'for that')).toContainText('mentions you');
    await scan(host.page, 'chat-mention');
  });

  it('what was typed survives a reload', async () => {
    await composer(ada.page).fill('not yet sent');
    await ada.page.reload();
    await ada.page.getByRole('tab', { name: /^Chat/ }).click();
    await expect(composer(ada.page)).toHaveValue('not yet sent');
    await composer(ada.page).fill('');
  });

  it('paused while somebody on stage types: the words and the focus stay, and no key means the microphone', async () => {
    const bar = ada.page.getByRole('group', { name: 'Your controls' });
    // The host has the support sheet open, which stands in place of the tabs, and decides there.
    const support = host.page.getByRole('dialog', { name: 'Support' });
    await host.page.getByRole('button', { name: 'Support', exact: true }).click();
    await expect(support).toContainText('Sound and pictures');
    await expect(support.getByRole('definition').filter({ hasText: /^Connected$/ })).toBeVisible();
    await bar.getByRole('button', { name: 'Request to join' }).click();
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Send request' }).click();
    await expect(host.page.getByRole('region', { name: 'Requests' })).toHaveCount(1);
    await scan(host.page, 'support-requests');
    await support.getByRole('region', { name: 'Requests' }).getByRole('button', { name: 'Approve' }).click();
    await host.page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(support).toHaveCount(0);
    await expect(host.page.getByRole('region', { name: 'Settings' })).toBeVisible();
    await host.page.keyboard.press('Escape');
    await expect(bar.getByRole('button', { name: 'Leave stage' })).toBeVisible();
    await composer(ada.page).pressSequentially('mmm');
    await host.page.getByRole('button', { name: 'Chat options' }).click();
    await host.page.getByRole('menuitem', { name: 'Pause chat' }).click();
    await expect(ada.page.getByText('The speakers have paused the chat.')).toBeVisible();
    await ada.page.keyboard.type('mmm');
    await ada.page.keyboard.press('Enter');
    await expect(composer(ada.page)).toBeFocused();
    await expect(composer(ada.page)).toHaveValue('mmm');
    await expect(bar.getByRole('button', { name: 'Mute microphone' })).toBeVisible();
    await scan(host.page, 'chat-paused');
    await scan(ada.page, 'chat-paused-phone-dark');
    await host.page.getByRole('button', { name: 'Resume chat' }).click();
    await expect(composer(ada.page)).toBeEditable();
    await ada.page.keyboard.type('m');
    await expect(composer(ada.page)).toHaveValue('mmmm');
    await composer(ada.page).fill('');
    await bar.getByRole('button', { name: 'Leave stage' }).click();
  });

  it('a ban is told to the person alone, and lifted in People', async () => {
    await row(host.page, 'night shift').first().hover();
    await row(host.page, 'night shift').first().getByRole('button', { name: 'Ban from chat' }).click();
    await expect(ada.page.getByText('The speakers have taken the chat from you.')).toBeVisible();
    await expect(composer(ada.page)).not.toBeEditable();
    await scan(ada.page, 'chat-banned');
    await host.page.getByRole('tab', { name: 'People' }).click();
    await host.page
      .getByRole('button', { name: /^More for / })
      .first()
      .click();
    await host.page.getByRole('menuitem', { name: 'Allow to chat' }).click();
    await expect(composer(ada.page)).toBeEditable();
  });

  it('the past comes on scrolling up, without a jump; new messages wait below', async () => {
    const { page } = ada;
    await sayMany('message number', 180);
    await expect(row(page, 'message number 179')).toBeVisible();
    await page.reload();
    await page.getByRole('tab', { name: /^Chat/ }).click();
    await expect(row(page, 'message number 179')).toBeInViewport();
    const oldest = log(page).locator('.msg').first();
    const text = (await oldest.locator('.msg-text').textContent()) ?? '';
    await expect(oldest).not.toContainText('night shift');
    const before = await log(page).evaluate((element) => {
      element.scrollTop = 0;
      return element.querySelector('.msg')?.getBoundingClientRect().top ?? 0;
    });
    const known = log(page).locator('.msg').filter({ hasText: text }).first();
    await expect(log(page).locator('.msg').first()).not.toContainText(text);
    await expect.poll(async () => Math.abs(((await known.boundingBox())?.y ?? 9999) - before)).toBeLessThan(60);
    await crowd.send('chat.send', { channel: 'everyone', text: 'one more, below' });
    await expect(page.getByRole('button', { name: '1 new message' })).toBeVisible();
    await page.getByRole('button', { name: '1 new message' }).click();
    await expect(row(page, 'one more, below')).toBeInViewport();
    await expect(log(page).getByText('New', { exact: true })).toBeVisible();
    await log(page).evaluate((element) => element.scrollTo({ top: 0 }));
    await composer(page).fill('What I say I want to see');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(row(page, 'What I say I want to see')).toBeInViewport();
  });

  it('opened with unread messages, "New" stands above the first of them until one leaves', async () => {
    const { page } = ada;
    await page.getByRole('tab', { name: 'People' }).click();
    await sayMany('unread number', 12);
    await page.getByRole('tab', { name: 'Chat 12' }).click();
    const line = log(page).getByText('New', { exact: true });
    await expect(line).toBeInViewport();
    await expect(log(page).locator('.log-new + .msg')).toContainText('unread number 0');
    await scan(page, 'chat-new-phone-dark');
    await page.getByRole('button', { name: '12 new messages' }).click();
    await expect(row(page, 'unread number 11')).toBeInViewport();
    await expect(log(page).locator('.log-new + .msg')).toContainText('unread number 0');
    await page.getByRole('tab', { name: 'People' }).click();
    await page.getByRole('tab', { name: /^Chat/ }).click();
    await expect(row(page, 'unread number 11')).toBeInViewport();
    await expect(line).toHaveCount(0);
    expect([...host.problems, ...ada.problems, ...host.foreign, ...ada.foreign]).toEqual([]);
  });
});
