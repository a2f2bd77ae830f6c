// A menu by keyboard and on a phone, as the WAI-ARIA menu button pattern has it; the account menu stands for all.
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openBrowser, openProfile } from './browser.ts';
import { expect, scan, signInAs } from './house.ts';
import type { Launched } from './launched.ts';
import { launchStagedoor } from './launched.ts';

let house: Launched;
let browser: Browser;

beforeAll(async () => {
  house = await launchStagedoor();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

describe('a menu', () => {
  it('is opened, walked through, searched and left by keyboard', async () => {
    const { page, problems } = await openProfile(browser, house.origin);
    await signInAs(page, 'participant');
    const button = page.getByRole('button', { name: 'Account menu' });
    const menu = page.getByRole('menu', { name: 'Account menu' });
    const row = (name: string) => page.getByRole('menuitem', { name });
    await button.focus();
    await page.keyboard.press('ArrowDown');
    await expect(button).toHaveAttribute('aria-expanded', 'true');
    await expect(row('Profile')).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(row('Sign out')).toBeFocused();
    await page.keyboard.press('Home');
    await expect(row('Profile')).toBeFocused();
    await page.keyboard.press('t');
    await expect(row('Theme')).toBeFocused();

    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('menu', { name: 'Theme' })).toBeVisible();
    const light = page.getByRole('menuitemradio', { name: 'Light' });
    await page.keyboard.press('l');
    await expect(light).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByRole('menu', { name: 'Theme' })).toHaveCount(0);
    await expect(row('Theme')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menu', { name: 'Theme' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(row('Theme')).toBeFocused();
    await expect(menu).toBeVisible();

    await page.keyboard.press('Escape');
    await expect(menu).toHaveCount(0);
    await expect(button).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(row('Sign out')).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(menu).toHaveCount(0);
    await expect(button).not.toBeFocused();
    expect(problems).toEqual([]);
  });

  it('is closed by its button, by pressing elsewhere and by choosing; it says what is chosen', async () => {
    const { page } = await openProfile(browser, house.origin);
    await signInAs(page, 'participant');
    const button = page.getByRole('button', { name: 'Account menu' });
    const menu = page.getByRole('menu', { name: 'Account menu' });
    await button.click();
    await expect(menu).toBeVisible();
    await button.click();
    await expect(menu).toHaveCount(0);
    await button.click();
    await page.getByRole('heading', { name: 'Events', level: 1 }).click();
    await expect(menu).toHaveCount(0);
    await button.click();
    await page.getByRole('menuitem', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await expect(menu).toHaveCount(0);
    await expect(button).toBeFocused();
    await button.click();
    await page.getByRole('menuitem', { name: 'Theme, Dark' }).click();
    await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toHaveAttribute('aria-checked', 'true');
    await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toBeFocused();
    await scan(page, 'menu-dark');
  });

  it('stays inside the window of a phone, with the list beside it', async () => {
    const { page } = await openProfile(browser, house.origin, { width: 390, height: 844 });
    await signInAs(page, 'participant');
    await page.getByRole('button', { name: 'Account menu' }).click();
    await page.getByRole('menuitem', { name: 'Language' }).click();
    for (const menu of await page.getByRole('menu').all()) {
      const box = await menu.boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= 390 && box.y >= 0 && box.y + box.height <= 844).toBe(true);
    }
    await scan(page, 'menu-phone');
  });
});
