// YouTube links as people copy them, and what is none (rules MA1, MA22).
import { describe, expect, it } from 'vitest';
import { readVideoLink } from './video-link.ts';

const id = 'aB3_d-6xYz0';
const seconds = (link: string) => {
  const read = readVideoLink(link);
  return read.is === 'video' && read.videoId === id ? read.startSeconds : read;
};

describe('MA22: every form of a YouTube link', () => {
  it.each([
    `https://www.youtube.com/watch?v=${id}`,
    `http://youtube.com/watch?v=${id}`,
    `youtube.com/watch?v=${id}`,
    `//www.youtube.com/watch?v=${id}`,
    `  https://www.youtube.com/watch?v=${id}\n`,
    `HTTPS://WWW.YouTube.COM/watch?v=${id}`,
    `https://m.youtube.com/watch?app=desktop&v=${id}&feature=youtu.be`,
    `https://music.youtube.com/watch?v=${id}&list=RDAMVM${id}`,
    `https://www.youtube.com/watch?v=${id}&list=PL0123456789&index=4`,
    `https://www.youtube.com/watch/${id}`,
    `https://www.youtube.com/watch_popup?v=${id}`,
    `https://youtu.be/${id}`,
    `youtu.be/${id}?si=Qx0123456789`,
    `https://www.youtube.com/shorts/${id}`,
    `https://youtube.com/shorts/${id}?feature=share`,
    `https://www.youtube.com/live/${id}?si=abc`,
    `https://www.youtube.com/embed/${id}`,
    `https://www.youtube-nocookie.com/embed/${id}?rel=0`,
    `https://www.youtube.com/v/${id}?version=3`,
    `https://www.youtube.com/e/${id}`,
    `https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3D${id}%26feature%3Dshare`,
    `<iframe width="560" height="315" src="https://www.youtube.com/embed/${id}?si=x&amp;rel=0" title="x" allowfullscreen></iframe>`,
  ])('%s', (link) => {
    expect(readVideoLink(link)).toEqual({ is: 'video', videoId: id, startSeconds: 0 });
  });

  it.each([
    ['t=90', 90],
    ['t=90s', 90],
    ['t=1h2m3s', 3723],
    ['t=2m', 120],
    ['t=1h', 3600],
    ['t=1:02:03', 3723],
    ['t=2:05', 125],
    ['start=42', 42],
    ['time_continue=17', 17],
    ['t=12.7s', 12],
    ['t=', 0],
    ['t=soon', 0],
    ['t=-5', 0],
    ['t=999999999', 0],
  ])('begins where %s says', (param, wanted) => {
    expect(seconds(`https://www.youtube.com/watch?v=${id}&${param}`)).toBe(wanted);
    expect(seconds(`https://youtu.be/${id}?${param}`)).toBe(wanted);
    expect(seconds(`https://www.youtube.com/watch?v=${id}#${param}`)).toBe(wanted);
  });
});

describe('MA22: what is none is told apart', () => {
  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['cats playing piano', 'not-a-link'],
    ['dQw4', 'not-a-link'],
    ['javascript:alert(1)', 'not-a-link'],
    [`ftp://youtube.com/watch?v=${id}`, 'not-a-link'],
    [`https://user:secret@youtube.com/watch?v=${id}`, 'not-a-link'],
    ['https://vimeo.com/76979871', 'not-youtube'],
    [`https://youtube.com.evil.example/watch?v=${id}`, 'not-youtube'],
    [`https://notyoutube.com/watch?v=${id}`, 'not-youtube'],
    [`https://evil.example/?u=https://www.youtube.com/watch?v=${id}`, 'not-youtube'],
    [`https://www.youtube.com@evil.example/watch?v=${id}`, 'not-a-link'],
    ['https://www.youtube.com/playlist?list=PL0123456789', 'playlist'],
    ['https://www.youtube.com/watch?list=PL0123456789', 'playlist'],
    ['https://www.youtube.com/embed/videoseries?list=PL0123456789', 'playlist'],
    ['https://www.youtube.com/embed/live_stream?channel=UC0123456789', 'channel'],
    ['https://www.youtube.com/@somebody/live', 'channel'],
    ['https://www.youtube.com/channel/UC0123456789', 'channel'],
    ['https://www.youtube.com/clip/UgkxAbc', 'clip'],
    ['https://www.youtube.com/', 'no-video'],
    ['https://www.youtube.com/watch?v=short', 'no-video'],
    [`https://www.youtube.com/watch?v=${id}x`, 'no-video'],
    [`https://youtu.be/`, 'no-video'],
    [`https://www.youtube.com/shorts/../${id}`, 'no-video'],
  ])('%s: %s', (link, problem) => {
    expect(readVideoLink(link)).toEqual({ is: 'problem', problem });
  });
});
