// Owns the scene of the backgrounds bench: a browser that may use the graphics card, and a page that blurs its camera in one way or the other.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { visionFolder } from '#features/backgrounds/vision-folder.ts';
import { projectRoot } from '#platform/config/environment.ts';
import { openBrowser } from '#tests/browser/browser.ts';
import { serveBarePage } from '../rig/floor-page.ts';

export interface Looking {
  /** Milliseconds of the page's thread for each frame that was shown. */
  workMs: number;
  /** Shown a second. */
  frames: number;
}

export interface Scene {
  hasGraphics: boolean;
  look(ours: boolean): Promise<Looking>;
  close(): Promise<void>;
}

const patienceMs = 180_000;
const lookMs = 6000;
const inSoftware = /swiftshader|llvmpipe|softpipe|software|basic render/i;

async function visionFiles(): Promise<Map<string, string>> {
  const folder = path.join(projectRoot, 'dist/web', visionFolder);
  return new Map((await readdir(folder)).map((name) => [`${visionFolder}/${name}`, path.join(folder, name)]));
}

async function hasGraphics(page: Page): Promise<boolean> {
  const renderer = await page.evaluate(() => {
    const context = document.createElement('canvas').getContext('webgl2');
    const names = context?.getExtension('WEBGL_debug_renderer_info');
    return names ? String(context?.getParameter(names.UNMASKED_RENDERER_WEBGL)) : '';
  });
  return renderer !== '' && !inSoftware.test(renderer);
}

async function watch(page: Page): Promise<Looking> {
  const video = page.locator('video');
  await page.waitForFunction(() => Number(document.querySelector('video')?.dataset.frames ?? 0) > 2, null, {
    timeout: patienceMs,
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const task = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
    return { at: performance.now(), task, frames: Number(await video.getAttribute('data-frames')) };
  };
  const before = await read();
  // What is measured is this stretch of time; nothing is waited for.
  await page.waitForTimeout(lookMs);
  const after = await read();
  const frames = Math.max(1, after.frames - before.frames);
  return { workMs: ((after.task - before.task) * 1000) / frames, frames: (frames * 1000) / (after.at - before.at) };
}

export async function openScene(): Promise<Scene> {
  const browser = await openBrowser({ graphics: true });
  const page = await (await browser.newContext()).newPage();
  const served = await serveBarePage('background-floor', await visionFiles());
  return {
    hasGraphics: await hasGraphics(page),
    async look(ours) {
      await page.goto(served.addressOf({ ours }));
      await page.locator('button:enabled').click();
      const looking = await watch(page);
      await page.goto('about:blank');
      return looking;
    },
    async close() {
      await browser.close();
      await served.close();
    },
  };
}
