// Owns 25 ordinary people in a Session that others attack: they chat in turn, watch everything, and must notice nothing.
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { closeCodes } from '#platform/live/protocol.ts';
import type { Visit } from '#tests/flows/app.ts';
import type { LiveClient } from '#tests/flows/live-client.ts';

const people = 25;
const firstParticipant = 6;
const betweenMs = 120;
/** Far above what anybody should wait (docs/reliability.md has the figures): beyond it somebody was really held up, however busy the machine is. */
const mostMs = 5_000;

export async function neighbours(server: Visit, stream: string) {
  const clients: LiveClient[] = [];
  for (let index = 0; index < people; index += 1)
    clients.push(await server.join(`participant${firstParticipant + index}`, stream));
  const said: string[] = [];
  const latencies: Record<string, number[]> = {};
  /** Until the last of all had it. */
  const deliveries: number[] = [];

  const say = async (phase: string, turn: number) => {
    const text = `${phase} ${turn}`;
    const known = clients.map((client) => client.events.length);
    const hears = (client: LiveClient, index: number) => () =>
      client.events.slice(known[index]).some(({ event }) => event.type === 'chat.sent' && event.body.text === text);
    const begun = performance.now();
    const delivered = Promise.all(clients.map((client, index) => client.until(hears(client, index), `"${text}"`)));
    // Its failure is told below, after that of the sender's.
    delivered.catch(() => undefined);
    const refusal = await (clients[turn % people] as LiveClient).send('chat.send', { channel: 'everyone', text });
    expect(refusal, `a neighbour's message was refused: ${refusal?.code}`).toBeNull();
    latencies[phase] = [...(latencies[phase] ?? []), performance.now() - begun];
    said.push(text);
    await delivered;
    deliveries.push(performance.now() - begun);
  };
  const talk = async (phase: string, count: number, stopped = () => false) => {
    for (let turn = 0; turn < count && !stopped(); turn += 1) {
      await say(phase, turn);
      await wait(betweenMs);
    }
  };

  return {
    talk,
    talkUntilStopped(phase: string) {
      let stopped = false;
      const talking = talk(phase, Number.POSITIVE_INFINITY, () => stopped);
      // Its failure is told by \`stop\`.
      talking.catch(() => undefined);
      return {
        async stop() {
          stopped = true;
          await talking;
        },
      };
    },
    /** A hole in the frames would have thrown in the client already. */
    async expectNothingNoticed(host: LiveClient): Promise<void> {
      const own = (client: LiveClient) =>
        client.events.filter(({ event }) => event.type === 'chat.sent').map(({ event }) => String(event.body.text));
      for (const client of clients) {
        expect(client.closedWith).toBeNull();
        await client.until(() => (client.heads.get('all') ?? 0) >= (host.heads.get('all') ?? 0), 'the newest event');
        const heard = own(client).filter((text) => said.includes(text));
        expect(heard).toEqual(said);
      }
      expect(Math.max(...Object.values(latencies).flat())).toBeLessThan(mostMs);
      expect(Math.max(...deliveries)).toBeLessThan(mostMs);
    },
    async expectToldToComeBack(): Promise<void> {
      for (const client of clients) {
        await client.until(() => client.closedWith !== null, 'the socket to be closed');
        expect(client.closedWith).toBe(closeCodes.comeBack);
      }
    },
    report(): string {
      const at = (phase: string, part: number) => {
        const sorted = (latencies[phase] ?? []).toSorted((one, other) => one - other);
        return sorted[Math.floor(part * (sorted.length - 1))] ?? 0;
      };
      const ratio = (part: number) => (at('beside', part) / at('alone', part)).toFixed(2);
      return (
        `${said.length} messages of the 25 acknowledged; median ${at('alone', 0.5).toFixed(1)} ms alone, ${at('beside', 0.5).toFixed(1)} ms beside (× ${ratio(0.5)}), ` +
        `95 % within ${at('alone', 0.95).toFixed(1)} and ${at('beside', 0.95).toFixed(1)} ms (× ${ratio(0.95)}), ` +
        `99 % beside within ${at('beside', 0.99).toFixed(1)} ms; the last of the 25 had each within ${Math.max(...deliveries).toFixed(0)} ms`
      );
    },
  };
}
