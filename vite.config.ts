// Owns how the web is built and, in development, served: everything comes from our own origin, nothing inline, so that the strict CSP holds.
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type ProxyOptions } from 'vite';
import { chunksByUse } from './tools/chunks/chunks-by-use.ts';
import { germanApart } from './tools/chunks/german-apart.ts';
import { iconsByThemselves } from './tools/chunks/icons-by-themselves.ts';
import { pdfAssets } from './tools/pdf/pdf-files.ts';
import { visionFiles } from './tools/vision/vision-files.ts';

/** Set by the launcher in development: where the app server listens behind this one. */
const appServer = process.env.STAGEDOOR_APP_SERVER;
// The Host header stays the browser's: the app server compares it with PUBLIC_URL.
const toAppServer: ProxyOptions = { target: appServer, ws: true, changeOrigin: false };

export default defineConfig({
  root: path.resolve(import.meta.dirname, 'apps/web'),
  plugins: [iconsByThemselves(), germanApart(import.meta.dirname), react(), visionFiles(), pdfAssets()],
  // The web needs the contracts' types and constants, not their checks.
  resolve: { alias: { zod: path.resolve(import.meta.dirname, 'apps/web/schemas-stay-on-the-server.ts') } },
  build: {
    outDir: path.resolve(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Knows light-dark() and oklch: written for older ones, mixed colours would come out different.
    cssTarget: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      output: {
        // Each module is asked about by itself: what it needs has a group of its own.
        codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: chunksByUse(), debugName: 'by use' }] },
      },
    },
  },
  server: {
    fs: { allow: [import.meta.dirname] },
    proxy: appServer ? { '/api': toAppServer, '/live': toAppServer, '/media': toAppServer } : undefined,
  },
});
