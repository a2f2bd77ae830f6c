// Owns LiveKit as the bare pages need it: rooms made and tokens signed by hand. Rights in Sessions are platform/media's alone.
import { createHmac } from 'node:crypto';

export interface LivekitAddress {
  url: string;
  apiKey: string;
  apiSecret: string;
}

const inBase64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export function signToken({ apiKey, apiSecret }: LivekitAddress, identity: string, video: Record<string, unknown>): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: apiKey, sub: identity, jti: identity, nbf: now - 60, exp: now + 6 * 3600, video };
  const signed = `${inBase64({ alg: 'HS256', typ: 'JWT' })}.${inBase64(claims)}`;
  return `${signed}.${createHmac('sha256', apiSecret).update(signed).digest('base64url')}`;
}

async function call<Answer>(livekit: LivekitAddress, method: string, room: string, body: object): Promise<Answer> {
  const token = signToken(livekit, 'bench', { roomCreate: true, roomList: true, roomAdmin: true, room });
  const answer = await fetch(`${livekit.url}/twirp/livekit.RoomService/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`LiveKit refused ${method}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

export async function createLivekitRoom(livekit: LivekitAddress, name: string): Promise<void> {
  await call(livekit, 'CreateRoom', name, { name, empty_timeout: 86_400, departure_timeout: 86_400 });
}

/** From now on they may publish: what the SFU needs to be told, and nothing else. */
export async function allowToPublish(livekit: LivekitAddress, room: string, identity: string): Promise<void> {
  const permission = { can_subscribe: true, can_publish: true, can_publish_data: true };
  await call(livekit, 'UpdateParticipant', room, { room, identity, permission });
}

/** Gone at once, whether or not their page has said so already. */
export async function removeFrom(livekit: LivekitAddress, room: string, identity: string): Promise<void> {
  await call(livekit, 'RemoveParticipant', room, { room, identity }).catch((error: unknown) => {
    if (!String(error).includes('404')) throw error;
  });
}

interface Track {
  type?: string;
  muted?: boolean;
}

/** How many cameras are sent into the LiveKit rooms of a Session. */
export async function camerasIn(livekit: LivekitAddress, sessionId: string): Promise<number> {
  const { rooms = [] } = await call<{ rooms?: { name: string }[] }>(livekit, 'ListRooms', '', {});
  const names = rooms.map(({ name }) => name).filter((name) => name.startsWith(`${sessionId}.`));
  let cameras = 0;
  for (const room of names) {
    const { participants = [] } = await call<{ participants?: { tracks?: Track[] }[] }>(livekit, 'ListParticipants', room, {
      room,
    });
    cameras += participants.flatMap(({ tracks = [] }) => tracks).filter(({ type, muted }) => type === 'VIDEO' && !muted).length;
  }
  return cameras;
}
