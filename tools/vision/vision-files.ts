// Owns the files of virtual backgrounds in the built web: MediaPipe's code as it comes, and its model made ready. Fetched by browsers only when used.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';
import { personModelName, visionFolder } from '#features/backgrounds/vision-folder.ts';
import { withFeedingInstructions } from './person-model.ts';

const folderOf = (name: string) => path.dirname(createRequire(import.meta.url).resolve(name));

export const publishedModel = (): string => path.join(folderOf('@mediapipe/selfie_segmentation'), 'selfie_segmentation.tflite');

/** Only those with SIMD: browsers that can take a camera's picture apart all have it. */
const codeNames = ['vision_wasm_internal.js', 'vision_wasm_internal.wasm'] as const;
const types: Record<string, string> = { js: 'text/javascript', wasm: 'application/wasm', tflite: 'application/octet-stream' };

async function readVisionFile(name: string): Promise<Buffer | null> {
  if (name === personModelName) return withFeedingInstructions(await readFile(publishedModel()));
  if (!codeNames.some((one) => one === name)) return null;
  return readFile(path.join(folderOf('@mediapipe/tasks-vision'), 'wasm', name));
}

export function visionFiles(): Plugin {
  return {
    name: 'stagedoor-vision-files',
    async generateBundle() {
      for (const name of [...codeNames, personModelName]) {
        const source = await readVisionFile(name);
        if (source) this.emitFile({ type: 'asset', fileName: `${visionFolder.slice(1)}/${name}`, source });
      }
    },
    configureServer(server) {
      server.middlewares.use(visionFolder, async (request, response, next) => {
        const name = (request.url ?? '').slice(1).replace(/\?.*/, '');
        const content = await readVisionFile(name).catch(next);
        if (!content) return next();
        response.setHeader('content-type', types[name.split('.').pop() ?? ''] ?? 'application/octet-stream');
        response.end(content);
      });
    },
  };
}
