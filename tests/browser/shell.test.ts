// The event shell in a real browser: from a link to sign-in and back, the tabs, companies, the account menu, signing out.
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Profile } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { expect, scan } from './house.ts';
import type { Launched } from './launched.ts';
import { launchStagedoor } from './launched.ts';

let house: Launched;
let browser: Browser;
let visitor: Profile;

beforeAll(async () => {
  house = await launchStagedoor();
  browser = await openBrowser();
  visitor = await openProfile(browser, house.origin);
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

describe('the event shell', () => {
  it('a link that needs a login leads there after signing in', async () => {
    const { page } = visitor;
    await page.goto('/events/baltic-career-days/companies');
    for (const kind of ['host', 'cohost', 'organiser', 'support', 'company representative', 'participant']) {
      await expect(page.getByRole('button', { name: `Sign in as ${kind}` })).toBeVisible();
    }
    await scan(page, 'sign-in');
    await page.getByRole('textbox', { name: 'E-mail' }).fill('participant1@demo.example');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('alert').first()).toBeVisible();
    await page.getByLabel('Password', { exact: true }).fill('stagedoor-demo');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('tab', { name: 'Companies' })).toHaveAttribute('aria-selected', 'true');
  });

  it('has its four tabs, each with what it promises', async () => {
    const { page } = visitor;
    await scan(page, 'companies');
    await page.getByRole('link', { name: 'Halden Robotics' }).first().click();
    await expect(page.getByRole('heading', { name: 'Halden Robotics' }).first()).toBeVisible();
    await scan(page, 'company');
    await page.goBack();
    await page.getByRole('tab', { name: 'Program' }).click();
    await expect(
      page.getByRole('article', { name: 'Robots that ask for help' }).getByRole('link', { name: 'Join' }),
    ).toBeVisible();
    const ended = page.getByRole('article', { name: 'How these two days work' });
    await expect(ended).toContainText('Ended');
    await expect(ended.getByRole('link', { name: 'Join' })).toHaveCount(0);
    await scan(page, 'program');
    await page.getByRole('tab', { name: 'My Schedule' }).click();
    await expect(page.getByRole('article', { name: 'Robots that ask for help' })).toBeVisible();
    await scan(page, 'my-schedule');
    await page.getByRole('tab', { name: 'Lobby' }).click();
    await expect(
      page.getByRole('article', { name: 'Robots that ask for help' }).getByRole('link', { name: 'Join' }),
    ).toBeVisible();
    await scan(page, 'lobby');
  });

  it('the account menu has its items; language and theme hold over a reload', async () => {
    const { page } = visitor;
    await page.getByRole('button', { name: 'Account menu' }).click();
    for (const item of ['Profile', 'Language', 'Theme', 'Sign out']) {
      await expect(page.getByRole('menuitem', { name: item })).toBeVisible();
    }
    await scan(page, 'account-menu');
    await page.getByRole('menuitem', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await scan(page, 'lobby-dark');
  });

  it('signing out ends the login: the pages behind it ask again', async () => {
    const { page } = visitor;
    await page.getByRole('button', { name: 'Account menu' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
    await page.goto('/events');
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
    expect(visitor.foreign).toEqual([]);
    expect(visitor.problems).toEqual([]);
  });
});
