// Owns filling a Session with people who are not there: on the way from the server to one page, which cannot tell them from real ones.
import type { Page, WebSocketRoute } from '@playwright/test';

export const longName = 'María-Fernanda Guadalupe Echeverría Zambrano de la Villanueva';

export interface Crowd {
  /** One more, by a number that none of the others has. */
  arrive(index: number): void;
}

const crowdId = (index: number) => `00000000-0000-7000-9000-${String(index).padStart(12, '0')}`;
const crowdPerson = (id: string) => {
  const index = Number(id.slice(-12));
  const name = index === 1 ? longName : index === 2 ? 'رنا الخزامي' : `Guest Number ${index}`;
  return { id, name, headline: `Headline ${index}`, organisation: index % 2 ? 'Quillon Energy' : '', avatarUrl: null };
};

/** Before the page is opened. The first `onStage` of them stand on the stage, without camera and microphone. */
export async function crowded(page: Page, count: number, onStage = 0): Promise<Crowd> {
  let socket: WebSocketRoute | undefined;
  let seq = 0;
  await page.routeWebSocket(/\/live$/, (route) => {
    socket = route;
    const server = route.connectToServer();
    server.onMessage((text) => {
      const message = JSON.parse(String(text));
      if (message.audience === 'all') seq = Math.max(seq, message.seq ?? message.to);
      if (message.t === 'slice' && message.audience === 'all') {
        const { people, stage } = message.state;
        for (let index = 1; index <= count; index++) people.present[crowdId(index)] = 'participant';
        const enteredAt = new Date().toISOString();
        for (let index = 1; index <= onStage; index++)
          stage.onStage.push({ person: crowdId(index), microphone: false, camera: false, enteredAt, as: 'participant' });
      }
      route.send(JSON.stringify(message));
    });
  });
  await page.route(/\/people\?ids=/, async (route) => {
    const ids = (new URL(route.request().url()).searchParams.get('ids') ?? '').split(',');
    const answer = await route.fetch();
    const { people } = (await answer.json()) as { people: { id: string }[] };
    const known = new Set(people.map((one) => one.id));
    await route.fulfill({ json: { people: [...people, ...ids.filter((id) => !known.has(id)).map(crowdPerson)] } });
  });
  return {
    arrive(index) {
      seq += 1;
      const body = { arrived: [{ person: crowdId(index), as: 'participant' }], left: [] };
      const event = { seq, type: 'people.changed', v: 1, at: new Date().toISOString(), body };
      socket?.send(JSON.stringify({ t: 'frame', audience: 'all', from: seq, to: seq, events: [event] }));
    },
  };
}

/** Milliseconds that the page's thread works for each of `times`. */
export async function workOf(page: Page, times: number, each: (index: number) => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const work = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
    return of('ScriptDuration') + of('LayoutDuration') + of('RecalcStyleDuration');
  };
  const before = await work();
  for (let index = 1; index <= times; index++) await each(index);
  const seconds = (await work()) - before;
  await session.detach();
  return (seconds * 1000) / times;
}
