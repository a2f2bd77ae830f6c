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

beforeAll(async () => {
  house = await launchStagedoor();
  browser = await openBrowser();
  host = await openProfile(browser, house.origin);
  ada = await openProfile(browser, house.origin, { width: 390, height: 844, colorScheme: 'dark' });
  await signInAs(host.page, 'host');
  await findSession(host.page, soon, 'Program');
  const stream = new URL(host.page.url()).pathname.split('/').at(-1) as string;
  await joinAs(host.page, 'speaker');
  await host.page.getByRole('button', { name: 'Start Session' }).click();
  await expect(host.page.getByRole('status', { name: 'Live' })).toBeVisible();
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

  it('speakers pause and resume; participants are told in words', async () => {
    await host.page.getByRole('button', { name: 'Chat options' }).click();
    await host.page.getByRole('menuitem', { name: 'Pause chat' }).click();
    await expect(ada.page.getByText('The speakers have paused the chat.')).toBeVisible();
    await expect(composer(ada.page)).toHaveCount(0);
    await scan(host.page, 'chat-paused');
    await host.page.getByRole('button', { name: 'Resume chat' }).click();
    await expect(composer(ada.page)).toBeVisible();
  });

  it('a ban is told to the person alone, and lifted in People', async () => {
    await row(host.page, 'night shift').first().hover();
    await row(host.page, 'night shift').first().getByRole('button', { name: 'Ban from chat' }).click();
    await expect(ada.page.getByText('The speakers have taken the chat from you.')).toBeVisible();
    await scan(ada.page, 'chat-banned');
    await host.page.getByRole('tab', { name: 'People' }).click();
    await host.page
      .getByRole('button', { name: /^More for / })
      .first()
      .click();
    await host.page.getByRole('menuitem', { name: 'Allow to chat' }).click();
    await expect(composer(ada.page)).toBeVisible();
  });

  it('the past comes on scrolling up, without a jump; new messages wait below', async () => {
    const { page } = ada;
    for (let index = 0; index < 180; index++) {
      const refusal = await crowd.send('chat.send', { channel: 'everyone', text: `message number ${index}` });
      if (refusal?.code === 'too-fast') {
        index--;
        await new Promise((resolve) => setTimeout(resolve, Number(refusal.details?.retryAfterMs ?? secondMs)));
      }
    }
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
    expect([...host.problems, ...ada.problems, ...host.foreign, ...ada.foreign]).toEqual([]);
  });
});
