// Owns what a person does on the pages, by the names that product.md promises. Used by all journeys.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect as promptly } from '@playwright/test';
import { patienceMs } from './browser.ts';

export const expect = promptly.configure({ timeout: patienceMs });

const artefacts = join(import.meta.dirname, '../artefacts');

export type DemoKind = 'host' | 'cohost' | 'organiser' | 'support' | 'company representative' | 'participant';

export async function signInAs(page: Page, kind: DemoKind): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: `Sign in as ${kind}` }).click();
  await expect(page.getByRole('heading', { name: 'Events', level: 1 })).toBeVisible();
}

export async function signInByPassword(page: Page, email: string, password = 'stagedoor-demo'): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Events', level: 1 })).toBeVisible();
}

/** From the events list to a Session's entrance, by one of the three ways. */
export async function findSession(page: Page, title: string, tab: 'Lobby' | 'Program' | 'My Schedule'): Promise<void> {
  await page.goto('/events');
  await page.getByRole('link', { name: 'Baltic Career Days' }).first().click();
  await page.getByRole('tab', { name: tab }).click();
  const point = page.getByRole('article').filter({ has: page.getByRole('heading', { name: title }) });
  const join = point
    .first()
    .getByRole('link', { name: 'Join' })
    .or(point.first().getByRole('button', { name: 'Join' }));
  await join.click();
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
}

export const joinAs = (page: Page, role: 'speaker' | 'participant'): Promise<void> =>
  page.getByRole('button', { name: `Join as a ${role}` }).click();

export const stage = (page: Page): Locator => page.getByRole('region', { name: 'Stage' });
export const tile = (page: Page, name: string): Locator => stage(page).getByRole('group', { name });

export async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('tab', { name: /^Chat/ }).click();
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('log', { name: 'Chat messages' })).toContainText(text);
}

/** The person's language from here on, in their profile too; the page is loaded anew in it. */
export async function inGerman(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' };
    await fetch('/api/accounts/me', { method: 'PATCH', headers, body: JSON.stringify({ language: 'de' }) });
    localStorage.setItem('stagedoor.language', 'de');
  });
  await page.reload();
}

/** Kept with the run's artefacts, and scanned (where `only` says): nothing may be found. */
export async function scan(page: Page, name: string, only?: string): Promise<void> {
  mkdirSync(artefacts, { recursive: true });
  // A page that was just loaded is there once it has said what it is: the words of its language may come after its frame.
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await page.screenshot({ path: join(artefacts, `${name}.png`) });
  const axe = new AxeBuilder({ page });
  const { violations } = await (only ? axe.include(only) : axe).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`);
  expect(found, `axe on ${name}`).toEqual([]);
}
