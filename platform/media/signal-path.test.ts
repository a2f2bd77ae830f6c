// The addresses of signalling: those of livekit-client are understood, and nothing else gets through to LiveKit.
import { describe, expect, it } from 'vitest';
import { parseSignalPath } from './signal-path.ts';

const id = '01890a5d-ac96-774b-bcce-b302099a8057';

describe('signal path', () => {
  it.each([
    [`/media/${id}/rtc`, { path: '/rtc', validate: false }],
    [`/media/${id}/rtc/v1`, { path: '/rtc/v1', validate: false }],
    [`/media/${id}/rtc/validate`, { path: '/rtc', validate: true }],
    [`/media/${id}/rtc/v1/validate`, { path: '/rtc/v1', validate: true }],
  ])('understands %s', (url, expected) => {
    expect(parseSignalPath(url)).toEqual({ streamId: id, place: null, opening: null, query: '', ...expected });
    expect(parseSignalPath(`${url}?access_token=x`)).toEqual({
      streamId: id,
      place: null,
      opening: null,
      query: '',
      ...expected,
    });
  });

  it.each([
    `/media/${id}`,
    `/media/${id}/`,
    `/media/${id}/rtc/`,
    `/media/${id}/rtc/v2`,
    `/media/${id}/rtc/v1/../../twirp/livekit.RoomService/ListRooms`,
    `/media/${id}/rtc/v1/validate/x`,
    `/media/${id}/rtc%2fv1`,
    `/media/${id}//rtc`,
    `/media/../${id}/rtc`,
    `/media/${id.toUpperCase()}/rtc`,
    `/media/${id} /rtc`,
    '/media/x/rtc',
    '/rtc',
    '',
  ])('refuses %s', (url) => {
    expect(parseSignalPath(url)).toBeNull();
  });

  it('knows which opening of the page asks, and takes nothing else for one', () => {
    expect(parseSignalPath(`/media/${id}/rtc?opening=${id}&sdk=js`)).toMatchObject({ opening: id, query: '?sdk=js' });
    for (const other of ['', 'x', `${id}'`, id.toUpperCase()]) {
      expect(parseSignalPath(`/media/${id}/rtc?opening=${encodeURIComponent(other)}`)).toMatchObject({ opening: null });
    }
  });

  it('knows which LiveKit room an address is meant for, and keeps that to itself', () => {
    expect(parseSignalPath(`/media/${id}/rtc?place=${id}.main.1&sdk=js`)).toMatchObject({
      place: `${id}.main.1`,
      query: '?sdk=js',
    });
  });

  it('passes on what livekit-client asks for, encoded anew, and drops what could widen the rights', () => {
    const query =
      'access_token=a&join_request=Cg%2BA%3D&publish=x&attributes=y&room=z&sdk=js&os=Linux%0d%0aX: 1&reconnect=1&reconnect=0';
    expect(parseSignalPath(`/media/${id}/rtc?${query}`)?.query).toBe(
      '?join_request=Cg%2BA%3D&sdk=js&os=Linux%0D%0AX%3A+1&reconnect=1&reconnect=0',
    );
  });
});
