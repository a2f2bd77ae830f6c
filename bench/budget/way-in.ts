// Owns how often somebody and the server wait for each other on the way in, counted at the browser's own store: each time costs a round trip of the network.
import { WebSocket } from 'ws';
import { LiveStore } from '#platform/live/client/live-store.ts';
import { liveSocketPath } from '#platform/live/protocol.ts';
import type { SessionState } from '#session/state.ts';
import { allOf, evolveSlice, initialSlice } from '#session/state.ts';
import { soon, startTestApp } from '#tests/flows/app.ts';

export interface WayIn {
  /** What somebody had to say before their first state was whole. */
  untilState: number;
  /** What they said for a message that was acknowledged and is in their state. */
  untilCommitted: number;
}

export async function countWayIn(): Promise<WayIn> {
  const app = await startTestApp();
  try {
    const streamId = (await app.point(soon)).id;
    const cookie = await app.signIn('participant1');
    const host = await app.join('host', streamId, 'speaker');
    for (const [type, body] of [
      ['stage.enter', { microphone: false, camera: false }],
      ['lifecycle.start', {}],
    ] as const)
      await host.send(type, body);
    let said = 0;
    const store = new LiveStore<SessionState>({
      ...{ url: app.origin.replace(/^http/, 'ws') + liveSocketPath, streamId, as: 'participant', initialSlice, evolveSlice },
      openSocket(url) {
        const socket = new WebSocket(url, { headers: { cookie, origin: app.origin } });
        const send = socket.send.bind(socket);
        socket.send = (data: Parameters<typeof send>[0]) => {
          said += 1;
          send(data);
        };
        return socket as never;
      },
    });
    const { promise: isThere, resolve } = Promise.withResolvers<void>();
    const look = () => store.read().status.is === 'open' && allOf(store.read().slices).lifecycle.phase === 'live' && resolve();
    store.subscribe(look);
    look();
    await isThere;
    const untilState = said;
    await store.submit('chat.send', { channel: 'everyone', text: 'Hello' });
    store.close();
    return { untilState, untilCommitted: said - untilState };
  } finally {
    await app.close();
  }
}
