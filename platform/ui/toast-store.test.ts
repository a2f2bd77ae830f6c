// Proves which toasts are up: three at most, the same words once, gone when dismissed.
import { afterEach, expect, test } from 'vitest';
import { dismissToast, showToast, toastStore } from './toast-store.ts';

const titles = () => toastStore.read().map((toast) => toast.title);
afterEach(() => {
  for (const toast of toastStore.read()) dismissToast(toast.id);
});

test('the oldest of four gives way', () => {
  for (const title of ['a', 'b', 'c', 'd']) showToast({ title });
  expect(titles()).toEqual(['b', 'c', 'd']);
});

test('the same words twice are one toast, renewed', () => {
  showToast({ title: 'a' });
  showToast({ title: 'b' });
  showToast({ title: 'a' });
  expect(titles()).toEqual(['b', 'a']);
});

test('the returned function takes it away, and tells who listens', () => {
  let told = 0;
  const stop = toastStore.subscribe(() => told++);
  showToast({ title: 'a' })();
  stop();
  expect(titles()).toEqual([]);
  expect(told).toBe(2);
});
