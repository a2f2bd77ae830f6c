// Proves how uploads take turns: two at once, told to wait they wait as long as asked, cancelled ones make room, and whoever looks elsewhere is told how it ended.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '#platform/ui/api.ts';
import type { UploadRequest } from './upload-request.ts';
import { UploadStore } from './upload-store.ts';

interface Sending {
  name: string;
  onSent: (sent: number) => void;
  end: (error: ApiError | null) => Promise<void>;
  isAborted: boolean;
}
let sendings: Sending[];
let told: [string, string | null, boolean][];
let isHeld: boolean;
let store: UploadStore;

const nameIn = (address: string) => new URL(address, 'http://here').searchParams.get('name') ?? '';
function send(address: string, _file: Blob, onSent: (sent: number) => void): UploadRequest {
  let resolve: (error: ApiError | null) => void = () => undefined;
  const answer = new Promise<ApiError | null>((settle) => {
    resolve = settle;
  });
  const sending: Sending = {
    name: nameIn(address),
    onSent,
    isAborted: false,
    end: async (error) => {
      resolve(error);
      await answer;
      await Promise.resolve();
    },
  };
  sendings.push(sending);
  return { answer, abort: () => (sending.isAborted = true) };
}
const files = (...names: string[]) => names.map((name) => new File(['four'], name));
const statuses = () => store.read().map(({ name, status }) => `${name} ${status.is}`);
const find = (name: string) => sendings.findLast((one) => one.name === name) as Sending;
const busy = new ApiError(429, 'uploads-busy', { retryAfterSeconds: 7 });

beforeEach(() => {
  vi.useFakeTimers();
  [sendings, told, isHeld] = [[], [], false];
  store = new UploadStore({
    send,
    tell: (name, error, open) => told.push([name, error?.code ?? null, open !== undefined]),
    hold: (is) => {
      isHeld = is;
    },
  });
});
afterEach(() => vi.useRealTimers());

test('of five at once two are sent, the others wait for their turn', async () => {
  const taken: string[] = [];
  store.start('s', files('1', '2', '3', '4', '5'), () => taken.push('one'));
  expect(statuses()).toEqual(['1 sending', '2 sending', '3 waiting', '4 waiting', '5 waiting']);
  for (const name of ['2', '1', '3', '4', '5']) {
    expect(sendings.filter((one) => one.name === name)).toHaveLength(1);
    await find(name).end(null);
  }
  expect([statuses(), taken.length, isHeld]).toEqual([[], 5, false]);
});

test('told to wait it waits as long as asked, and is sent again before the others', async () => {
  store.start('s', files('1', '2', '3'));
  await find('1').end(busy);
  expect(statuses()).toEqual(['1 waiting', '2 sending', '3 waiting']);
  await find('2').end(null);
  // Whoever is told to wait sends nothing else meanwhile.
  expect(statuses()).toEqual(['1 waiting', '3 waiting']);
  vi.advanceTimersByTime(6999);
  expect(sendings).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(statuses()).toEqual(['1 sending', '3 sending']);
});

test('what failed says why, makes room, and is tried again as the same material', async () => {
  store.start('s', files('1', '2', '3'));
  const cut = new ApiError(400, 'upload-cut');
  await find('1').end(cut);
  expect(store.read()[0]?.status).toEqual({ is: 'failed', error: cut });
  expect(statuses()).toEqual(['1 failed', '2 sending', '3 sending']);
  const { id } = store.read()[0] as { id: string };
  store.retry(id);
  expect(statuses()).toEqual(['1 waiting', '2 sending', '3 sending']);
  await find('3').end(null);
  expect(store.read().map((one) => [one.id === id, one.status.is])).toEqual([
    [true, 'sending'],
    [false, 'sending'],
  ]);
});

test('cancelled ones make room, and what the server still says of them counts no more', async () => {
  store.start('s', files('1', '2', '3'));
  const [first, , third] = store.read();
  store.cancel(first?.id ?? '');
  expect(find('1').isAborted).toBe(true);
  await find('1').end(new ApiError(0, 'network'));
  find('1').onSent(0.5);
  expect(statuses()).toEqual(['2 sending', '3 sending']);
  store.cancel(third?.id ?? '');
  expect([statuses(), told]).toEqual([['2 sending'], []]);
});

test('who looks elsewhere is told how it ended, with the way to the list', async () => {
  store.start('s', files('1', '2', '3', '4'));
  const close = store.watch('s');
  await find('1').end(null);
  expect(told).toEqual([]);
  close();
  const remove = store.place('s', () => undefined);
  await find('2').end(null);
  remove();
  await find('3').end(new ApiError(422, 'pdf-damaged'));
  expect(told).toEqual([
    ['2', null, true],
    ['3', 'pdf-damaged', false],
  ]);
});

test('knows how far all of it is, and that leaving would break it off', async () => {
  expect([store.percent('s'), isHeld]).toEqual([null, false]);
  store.start('s', files('1', '2', '3', '4'));
  expect([store.percent('s'), isHeld]).toEqual([0, true]);
  find('1').onSent(0.5);
  expect(store.percent('s')).toBe(12);
  await find('1').end(null);
  expect([store.percent('s'), store.percent('another')]).toEqual([25, null]);
  for (const name of ['2', '3']) await find(name).end(null);
  await find('4').end(new ApiError(0, 'network'));
  expect([store.percent('s'), isHeld]).toEqual([null, false]);
});
