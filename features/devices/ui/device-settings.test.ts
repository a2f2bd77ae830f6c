// What a person switches off about their devices stays off, and the page's own mirror follows at once.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const memory = new Map<string, string>();
const page = { documentElement: { dataset: {} as Record<string, string> } };

beforeEach(() => {
  vi.resetModules();
  memory.clear();
  vi.stubGlobal('document', page);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, value: string) => void memory.set(key, value),
    removeItem: (key: string) => void memory.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

const load = async () => (await import('./device-settings.ts')).deviceSettings;

it('everything is on until it is switched off, and stays so after a reload', async () => {
  const settings = await load();
  expect(new Set(Object.values(settings.read()))).toEqual(new Set([true]));
  const told = vi.fn();
  settings.subscribe(told);
  settings.change('noiseSuppression', false);
  expect(told).toHaveBeenCalledTimes(1);
  vi.resetModules();
  const anew = await load();
  expect(anew.read()).toMatchObject({ noiseSuppression: false, echoCancellation: true });
  anew.change('noiseSuppression', true);
  expect(memory.size).toBe(0);
});

it('turns every picture of oneself at once', async () => {
  const settings = await load();
  settings.read();
  expect(page.documentElement.dataset.mirror).toBe('on');
  settings.change('mirror', false);
  expect(page.documentElement.dataset.mirror).toBe('off');
});
