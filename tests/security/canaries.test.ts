// Words that are found nowhere else stand in every private field; every byte that twelve observers receive is searched for them.
// A capability with something private adds a row to canary-rows.ts: what it plants, and who may read it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts, heldBy } from './canary-events.ts';
import type { Canary } from './canary-rows.ts';
import { by, canaries, embedded, said, word } from './canary-rows.ts';
import type { Scene } from './canary-scene.ts';
import { canaryScene, observers, speakers } from './canary-scene.ts';
import { foreignSessions } from './foreign-sessions.ts';

const rows: Record<string, Canary> = canaries;
const withoutWords: ReadonlySet<string> = new Set(Object.entries(heldBy).flatMap(([type, row]) => (row === facts ? [type] : [])));

let scene: Scene;
beforeAll(async () => {
  const owner = {
    email: `${word('email')}@uni.example`,
    password: `${word('password')} long`,
    name: 'Owner',
    timeZone: 'Pacific/Kiritimati',
  };
  scene = await canaryScene(owner, async (app) => (await foreignSessions(app, word('hidden'))).unpublished);
  await said(scene, 'host', 'stage.enter', { microphone: true, camera: true });
  const rehearsed = await embedded(scene, 'Rehearsal', 'dQw4w9WgXcQ');
  await said(scene, 'host', 'materials.present', { material: rehearsed });
  await said(scene, 'host', 'materials.rename', { material: rehearsed, name: word('rehearsed') });
  await said(scene, 'host', 'materials.stop');
  await said(scene, 'host', 'lifecycle.start');
  await said(scene, 'host', 'questions.set-options', { approval: true, anonymous: true });
  const removed = by(scene, 'removed');
  await said(scene, 'host', 'people.remove', { person: removed.personId });
  await removed.until(() => !('all' in removed.slices), 'the removed person to lose the Session');
  for (const { plant } of Object.values(rows)) await plant(scene);
  await by(scene, 'participant').until(() => scene.received('participant').includes(word('after')), 'what was said last');
  await scene.lookAround();
});
afterAll(() => scene?.close());

describe('every byte that is received', () => {
  it.each(Object.keys(rows))('%s: only for whom it is', (name) => {
    const { allowed, find = (received: string) => received.includes(word(name)) } = rows[name] as Canary;
    const seenBy = observers.filter((observer) => find(scene.received(observer), scene));
    expect(seenBy.filter((observer) => !allowed.includes(observer))).toEqual([]);
    // A canary that nobody sees proves nothing, unless it is for nobody.
    if (allowed.length > 0) expect(seenBy).not.toEqual([]);
  });

  it.each(observers)('%s receives no audience but their own', (observer) => {
    const client = scene.clients[observer];
    const further = speakers.includes(observer) ? ['backstage'] : observer === 'returned' ? ['room:r1'] : [];
    const mine = ['all', `person:${client?.personId}`, ...further];
    const heard = (client?.wire ?? []).flatMap((text) => /"audience":"([^"]+)"/.exec(text)?.[1] ?? []);
    expect([...new Set(heard)].filter((audience) => !mine.includes(audience))).toEqual([]);
  });

  it('has no words in events that are said to have none', () => {
    const events = [scene.talk, ...Object.values(scene.clients)].flatMap((client) => client.events.map(({ event }) => event));
    const wordless = events.filter(({ type }) => withoutWords.has(type));
    const strings = (value: unknown): string[] =>
      typeof value === 'string'
        ? [value]
        : typeof value === 'object' && value !== null
          ? Object.values(value).flatMap(strings)
          : [];
    const words = (text: string) => !/^[\w.:-]{0,40}$/.test(text) || text.includes('canary');
    expect(wordless.filter(({ body }) => strings(body).some(words))).toEqual([]);
    // Else this proves little.
    expect(new Set(wordless.map((event) => event.type)).size).toBeGreaterThan(5);
  });

  it('was much, and from everybody', () => {
    for (const observer of observers) expect(scene.received(observer).length, observer).toBeGreaterThan(5_000);
  });
});
