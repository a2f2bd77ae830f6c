// Owns reading a YouTube link: which video, from where on, or why it is none. Pure; asks nobody whether the video exists.
import { longestVideoSeconds } from './contract.ts';

export type VideoLinkProblem = 'empty' | 'not-a-link' | 'not-youtube' | 'playlist' | 'channel' | 'clip' | 'no-video';
export type VideoLink = { is: 'video'; videoId: string; startSeconds: number } | { is: 'problem'; problem: VideoLinkProblem };

const hosts = /^(?:(?:www|m|music|gaming)\.)?(?:youtube|youtube-nocookie)\.com$/;
const shortHosts = /^(?:www\.)?youtu\.be$/;
const id = /^[\w-]{11}$/;
/** As long as an id, and none. */
const notAnId = new Map<string, VideoLinkProblem>([
  ['videoseries', 'playlist'],
  ['live_stream', 'channel'],
]);
const withId = new Set(['embed', 'v', 'e', 'shorts', 'live', 'vi']);
const channels = /^(?:@.*|channel|c|user)$/;

const problem = (which: VideoLinkProblem): VideoLink => ({ is: 'problem', problem: which });

export function readVideoLink(raw: string): VideoLink {
  const text = pastedLink(raw.trim());
  if (text === '') return problem('empty');
  const url = parse(text);
  if (!url) return problem('not-a-link');
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  const parts = url.pathname.split('/').filter((part) => part !== '');
  if (shortHosts.test(host)) return video(parts[0], url);
  if (!hosts.test(host)) return problem('not-youtube');
  return readPath(parts, url);
}

/** What "Share → Embed" copies is a whole frame. */
function pastedLink(text: string): string {
  const frame = /^<iframe\b[^>]*?\ssrc\s*=\s*["']([^"']+)["']/i.exec(text);
  return frame?.[1] ? frame[1].replaceAll('&amp;', '&') : text;
}

function parse(text: string): URL | null {
  if (/\s/.test(text)) return null;
  const whole = text.startsWith('//') ? `https:${text}` : /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(whole)) return null;
  const url = new URL(whole);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.hostname.includes('.') && url.username === '' && url.password === '' ? url : null;
}

function readPath(parts: readonly string[], url: URL): VideoLink {
  const [first = '', second] = parts;
  if (withId.has(first)) return video(second, url);
  if (first === 'watch' || first === 'watch_popup') {
    const asked = url.searchParams.get('v') ?? second;
    return asked ? video(asked, url) : noVideo(url);
  }
  if (first === 'attribution_link') {
    const target = url.searchParams.get('u');
    const meant = target?.startsWith('/watch') ? new URL(target, url) : null;
    return meant ? readPath(['watch'], meant) : problem('no-video');
  }
  if (first === 'playlist') return problem('playlist');
  if (first === 'clip') return problem('clip');
  if (channels.test(first)) return problem('channel');
  return noVideo(url);
}

const noVideo = (url: URL): VideoLink => problem(url.searchParams.has('list') ? 'playlist' : 'no-video');

function video(videoId: string | undefined, url: URL): VideoLink {
  const known = notAnId.get(videoId ?? '');
  if (known) return problem(known);
  if (!videoId || !id.test(videoId)) return problem('no-video');
  return { is: 'video', videoId, startSeconds: startOf(url) };
}

function startOf(url: URL): number {
  const inHash = new URLSearchParams(url.hash.slice(1));
  for (const params of [url.searchParams, inHash])
    for (const name of ['t', 'start', 'time_continue']) {
      const seconds = readSeconds(params.get(name) ?? '');
      if (seconds !== null) return seconds <= longestVideoSeconds ? seconds : 0;
    }
  return 0;
}

/** "90", "90s", "1h2m3s", "1:02:03". */
function readSeconds(text: string): number | null {
  const units = /^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})(?:\.\d+)?s?)?$/i.exec(text);
  if (text !== '' && units) return Number(units[1] ?? 0) * 3600 + Number(units[2] ?? 0) * 60 + Number(units[3] ?? 0);
  const clock = /^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})$/.exec(text);
  return clock ? Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]) : null;
}
