// Owns the addresses under which livekit-client asks for signalling, and what of its query reaches LiveKit. Pure.
import { mediaPath, openingParameter, placeParameter } from './contract.ts';
import { streamIdPattern } from './room-names.ts';

export interface SignalPath {
  streamId: string;
  /** `/rtc/v1` is today's; `/rtc` is what livekit-client falls back to. */
  path: '/rtc' | '/rtc/v1';
  /** Only asks why a socket was refused. */
  validate: boolean;
  /** The only LiveKit room that this address may open; null: whichever the person belongs in. */
  place: string | null;
  /** The opening of the page that asks; null: it does not give way to a newer one. */
  opening: string | null;
  /** The query for LiveKit, without the browser's token and whatever else could widen what ours grants. */
  query: string;
}

const pattern = new RegExp(`^${mediaPath}/(${streamIdPattern})(/rtc(?:/v1)?)(/validate)?$`);

const openingShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Left out on purpose: `access_token`; `publish`, which makes up a second identity; `attributes`, which names come with. */
const passedParameters = new Set([
  'join_request',
  'reconnect',
  'reconnect_reason',
  'sid',
  'auto_subscribe',
  'auto_subscribe_data_track',
  'adaptive_stream',
  'disable_ice_lite',
  'subscriber_allow_pause',
  'sdk',
  'version',
  'protocol',
  'client_protocol',
  'device_model',
  'os',
  'os_version',
  'browser',
  'browser_version',
  'network',
]);

export function parseSignalPath(url: string): SignalPath | null {
  const mark = url.indexOf('?');
  const match = pattern.exec(mark < 0 ? url : url.slice(0, mark));
  if (!match?.[1]) return null;
  const given = new URLSearchParams(mark < 0 ? '' : url.slice(mark));
  const passed = new URLSearchParams([...given].filter(([name]) => passedParameters.has(name)));
  return {
    streamId: match[1],
    path: match[2] as SignalPath['path'],
    validate: match[3] !== undefined,
    place: given.get(placeParameter),
    opening: openingShape.exec(given.get(openingParameter) ?? '')?.[0] ?? null,
    query: passed.size > 0 ? `?${passed}` : '',
  };
}
