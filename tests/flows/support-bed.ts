// Owns what the flows of support share: somebody's conversation over the real protocol, and the desk over HTTP.
import type { DeskAnswer, OwnSlice, TalkSlice, TeamSlice } from '#features/support/contract.ts';
import { evolveSupportSlice, initialSupportSlice } from '#features/support/core.ts';
import type { Visit } from './app.ts';
import { LiveClient } from './live-client.ts';

export const supportAt = '/api/events/baltic-career-days/support';
const folding = { evolveSlice: evolveSupportSlice, initialSlice: initialSupportSlice };

export async function openOwn(server: Visit, cookie: string): Promise<string> {
  const answer = await server.request('POST', supportAt, cookie, {});
  if (!answer.ok) throw new Error(await answer.text());
  return ((await answer.json()) as { conversationId: string }).conversationId;
}

/** The conversation as this person sees it; closed with a code where they may not. */
export async function follow(server: Visit, cookie: string, stream: string): Promise<LiveClient> {
  return new LiveClient({ origin: server.origin, cookie, stream, as: 'participant', folding }).connect();
}

export const talkOf = (client: LiveClient): TalkSlice => client.slices.all as TalkSlice;
export const teamOf = (client: LiveClient): TeamSlice => client.slices.backstage as TeamSlice;
export const ownOf = (client: LiveClient): OwnSlice | undefined => client.slices[`person:${client.personId}`] as OwnSlice;
export const texts = (client: LiveClient): string[] => (talkOf(client)?.messages ?? []).map((one) => one.text);

export const readDesk = (server: Visit, cookie: string): Promise<DeskAnswer> =>
  server.get<DeskAnswer>(`${supportAt}/desk`, cookie);
