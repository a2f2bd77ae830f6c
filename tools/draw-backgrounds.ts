// Owns making the pictures of virtual backgrounds from their drawings: large for behind people, small for choosing. Run by hand when a drawing has changed.
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { projectRoot } from '#platform/config/environment.ts';

const folder = path.join(projectRoot, 'features/backgrounds/pictures');
const sizes = [
  { suffix: '', width: 1280, height: 720, quality: 0.86 },
  { suffix: '.thumb', width: 192, height: 108, quality: 0.8 },
];
const system = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((place) => existsSync(place));

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? system, chromiumSandbox: false });
const page = await browser.newPage();
for (const file of (await readdir(folder)).filter((name) => name.endsWith('.svg'))) {
  const drawing = await readFile(path.join(folder, file), 'utf8');
  for (const { suffix, ...size } of sizes) {
    const encoded = await page.evaluate(
      async ({ svg, width, height, quality }) => {
        const image = new Image();
        image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
        await image.decode();
        const canvas = new OffscreenCanvas(width, height);
        canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
        const picture = await canvas.convertToBlob({ type: 'image/webp', quality });
        return [...new Uint8Array(await picture.arrayBuffer())];
      },
      { svg: drawing, ...size },
    );
    const name = file.replace('.svg', `${suffix}.webp`);
    const bytes = Buffer.from(encoded);
    await writeFile(path.join(folder, name), bytes);
    console.log(`${name}: ${Math.round(bytes.length / 1000)} kB`);
  }
}
await browser.close();
