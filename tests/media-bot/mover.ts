// Owns a person who moves between LiveKit rooms as our page does, without a browser: the next connection first, then the former is left. Some never leave by themselves.
import type { PublishSource } from '#session/placement.ts';
import { placement } from '#session/placement.ts';
import type { Visit } from '#tests/flows/app.ts';
import type { LiveClient } from '#tests/flows/live-client.ts';
import type { Bot } from './bot.ts';
import { startBot } from './bot.ts';
import type { CookieProxy } from './cookie-proxy.ts';
import { startCookieProxy } from './cookie-proxy.ts';

export interface MoverOptions {
  app: Visit;
  stream: string;
  name: string;
  as: 'speaker' | 'participant';
  /** A multiple of 100, so that its wave fits into a frame. */
  toneHz: number;
  /** A modified client: it stays where it was, and goes on trying to be heard there. */
  stays?: boolean;
}

export interface Mover {
  name: string;
  personId: string;
  toneHz: number;
  cookie: string;
  client: LiveClient;
  /** The newest connection; null while there is none. */
  bot(): Bot | null;
  /** Where the newest connection leads. */
  place(): string | null;
  /** Where the state that this person has says that they belong. */
  wanted(): string | null;
  /** What LiveKit ever gave this person, by LiveKit room. */
  tokens: Map<string, string>;
  /** When the newest connection stood and sent what it may (epoch, ms). */
  arrivedAt(): number;
  stop(): Promise<void>;
}

const lookEveryMs = 20;
/** Places that somebody who stays holds on to at once. */
const mostHeldOn = 2;
/** LiveKit's library may never answer that a connection is closed. */
const leaveWithinMs = 3000;

const pause = () => new Promise((resolve) => setTimeout(resolve, lookEveryMs));

export async function startMover({ app, stream, name, as, toneHz, stays = false }: MoverOptions): Promise<Mover> {
  const client = await app.join(name, stream, as);
  const { personId } = client;
  const { cookie } = client.options;
  const door: CookieProxy = await startCookieProxy(app.origin, { cookie, origin: app.origin });
  const tokens = new Map<string, string>();
  /** By the place to which they led. */
  const formers = new Map<Bot, string>();
  /** `silenced`: the server took the voice there, because this person belonged elsewhere meanwhile. */
  let now: { bot: Bot; place: string; silenced: boolean } | null = null;
  let stopped = false;
  let arrivedAt = 0;
  let looked = 0;

  const placed = (): { in: string | null; publish: PublishSource[]; on: PublishSource[] } => {
    const where = placement(client.state, stream, personId);
    return where.in === null ? { in: null, publish: [], on: [] } : where;
  };

  /** Since the last look, also when it was there and back: the server took the voice in between. */
  const wasMoved = () => {
    const news = client.events.slice(looked);
    looked += news.length;
    return news.some(({ event }) => {
      const { people = [] } = event.body as { people?: { person: string }[] };
      return event.type === 'breakouts.moved' && people.some((one) => one.person === personId);
    });
  };

  /** Sound leaves only when the state has it on: what LiveKit carries otherwise is muted. The first time in a room it is off. */
  const switchOn = async (place: string) => {
    const isOn = () => placed().on.includes('microphone');
    if (!isOn()) void client.send('breakouts.set-media', { microphone: true }).catch(() => undefined);
    while (!stopped && placed().in === place && !isOn()) await pause();
  };

  /** LiveKit answers nobody who may not publish, for ten seconds: whoever belongs elsewhere meanwhile does not wait for it. */
  const publishHere = async (bot: Bot, place: string) => {
    await switchOn(place);
    let outcome: 'published' | 'refused' | null = null;
    const ended = bot.tryToPublish('microphone').then((how) => {
      outcome = how;
    });
    while (!stopped && outcome === null && placed().in === place) await Promise.race([ended, pause()]);
    return outcome;
  };

  /** Not waited for: LiveKit's library may take seconds to close, and the next move must not. */
  const leave = (bot: Bot) => void bot.leave().then(() => formers.delete(bot));
  const leaveBehind = ({ bot, place }: { bot: Bot; place: string }) => {
    formers.set(bot, place);
    if (!stays) return leave(bot);
    void bot.tryToPublish('screen_share');
    // Each goes on asking for its place several times a second: with every round there would be more of them.
    for (const oldest of [...formers.keys()].slice(0, -mostHeldOn)) leave(oldest);
  };
  /** It goes on asking for its place, and would be let in again as soon as the person belongs there: one identity, two clients. */
  const giveWay = (place: string) => {
    for (const [bot, where] of formers) if (where === place) leave(bot);
  };

  const look = async () => {
    const { in: place, publish } = placed();
    if (now && now.bot.disconnected() > 0) now = null;
    if (now && wasMoved()) now.silenced = true;
    if (now && place === now.place && now.silenced && publish.length > 0) {
      now.bot.unpublish();
      now.silenced = (await publishHere(now.bot, place)) !== 'published';
    }
    if (place === null || place === now?.place) return;
    const address = `${door.url}/media/${stream}?${new URLSearchParams({ place })}`;
    giveWay(place);
    const bot = await startBot(address, 'whatever the browser holds', { toneHz, inWords: true }).catch(() => null);
    if (!bot) return;
    const former = now;
    now = { bot, place, silenced: false };
    // As the page does, who was not answered in time asks again.
    if (publish.length > 0) now.silenced = (await publishHere(bot, place)) !== 'published';
    arrivedAt = Date.now();
    if (former) leaveBehind(former);
  };

  const follow = async () => {
    while (!stopped) {
      await look();
      const token = now?.bot.token();
      if (now && token) tokens.set(now.place, token);
      await pause();
    }
  };
  const following = follow();

  return {
    ...{ name, personId, toneHz, cookie, client, tokens },
    bot: () => now?.bot ?? null,
    place: () => now?.place ?? null,
    wanted: () => placed().in,
    arrivedAt: () => arrivedAt,
    async stop() {
      stopped = true;
      await following;
      const left = Promise.all([...formers.keys(), ...(now ? [now.bot] : [])].map((bot) => bot.leave()));
      await Promise.race([left, new Promise((resolve) => setTimeout(resolve, leaveWithinMs))]);
      client.cut();
      await door.close();
    },
  };
}
