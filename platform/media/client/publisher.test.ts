// What is published of one source, against a LiveKit in memory: rights, mute, changed devices, failures.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Livekit } from './publisher.ts';
import { createPublisher } from './publisher.ts';

class FakeTrack {
  isMuted = false;
  sid = 'TR_1';
  source = '';
  mediaStreamTrack: MediaStreamTrack;
  constructor(track: MediaStreamTrack) {
    this.mediaStreamTrack = track;
  }
  onMuted: () => void = () => undefined;
  async mute() {
    this.isMuted = true;
    this.onMuted();
  }
  async unmute() {
    this.isMuted = false;
  }
  async replaceTrack(track: MediaStreamTrack) {
    this.mediaStreamTrack = track;
  }
}
const livekit = {
  Track: { Source: { Camera: 'camera', Microphone: 'microphone', ScreenShare: 'screen', ScreenShareAudio: 'screen sound' } },
  ConnectionState: { Disconnected: 'disconnected' },
  LocalVideoTrack: FakeTrack,
  LocalAudioTrack: FakeTrack,
} as unknown as Livekit;

const device = () => ({ enabled: true }) as MediaStreamTrack;
let published: FakeTrack[] = [];
let publishTrack = vi.fn();
let room: Parameters<typeof createPublisher>[1];
let permissions: { canPublish: boolean };
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  published = [];
  permissions = { canPublish: true };
  publishTrack = vi.fn(async (track: FakeTrack) => void published.push(track));
  room = { state: 'connected', localParticipant: { permissions, publishTrack } } as unknown as typeof room;
});
afterEach(() => vi.useRealTimers());

describe('publisher', () => {
  it('publishes once, then only mutes and unmutes', async () => {
    const publisher = createPublisher(livekit, room, 'microphone');
    const track = device();
    publisher.want({ track, on: true });
    await settle();
    publisher.want({ track, on: false });
    expect(track.enabled).toBe(false);
    await settle();
    expect(published[0]?.isMuted).toBe(true);
    publisher.want({ track, on: true });
    await settle();
    expect(published[0]?.isMuted).toBe(false);
    expect(publishTrack).toHaveBeenCalledTimes(1);
  });

  it('stays muted by the server until the state is known to have it on', async () => {
    const publisher = createPublisher(livekit, room, 'microphone');
    const track = device();
    publisher.want({ track, on: true });
    await settle();
    const [sent] = published as [FakeTrack];
    sent.onMuted = () => publisher.muted(sent.sid);
    await sent.mute();
    await vi.advanceTimersByTimeAsync(900);
    expect(sent.isMuted).toBe(true);
    await vi.advanceTimersByTimeAsync(200);
    expect(sent.isMuted).toBe(false);

    publisher.want({ track, on: true, unsure: true });
    await sent.mute();
    publisher.again();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent.isMuted).toBe(true);
    publisher.want({ track, on: true, unsure: false });
    await settle();
    expect(sent.isMuted).toBe(false);
  });

  it('is heard at once by who mutes and unmutes in one breath', async () => {
    const publisher = createPublisher(livekit, room, 'microphone');
    const track = device();
    publisher.want({ track, on: true });
    await settle();
    const [sent] = published as [FakeTrack];
    sent.onMuted = () => {
      publisher.want({ track, on: true });
      publisher.muted(sent.sid);
    };
    publisher.want({ track, on: false });
    await settle();
    expect(sent.isMuted).toBe(false);
  });

  it('waits for the right to publish', async () => {
    permissions.canPublish = false;
    const publisher = createPublisher(livekit, room, 'camera');
    publisher.want({ track: device(), on: true });
    await settle();
    expect(publishTrack).not.toHaveBeenCalled();
    permissions.canPublish = true;
    publisher.again();
    await settle();
    expect(publishTrack).toHaveBeenCalledTimes(1);
  });

  it('publishes nothing while off, and sends a camera that was opened anew through the same track', async () => {
    const publisher = createPublisher(livekit, room, 'camera');
    publisher.want({ track: null, on: false });
    await settle();
    expect(publishTrack).not.toHaveBeenCalled();
    publisher.want({ track: device(), on: true });
    await settle();
    publisher.want({ track: null, on: false });
    await settle();
    const second = device();
    publisher.want({ track: second, on: true });
    await settle();
    expect(published[0]).toMatchObject({ isMuted: false, mediaStreamTrack: second });
    expect(publishTrack).toHaveBeenCalledTimes(1);
  });

  it('publishes muted what is ready, and is then only unmuted', async () => {
    const publisher = createPublisher(livekit, room, 'camera');
    const track = device();
    publisher.want({ track, on: false, ready: true });
    await settle();
    expect(published[0]?.isMuted).toBe(true);
    expect(track.enabled).toBe(false);
    publisher.want({ track, on: true, ready: false });
    await settle();
    expect(published[0]?.isMuted).toBe(false);
    expect(track.enabled).toBe(true);
    expect(publishTrack).toHaveBeenCalledTimes(1);
  });

  it('tries again after a failure, and publishes anew what LiveKit has let go of', async () => {
    publishTrack.mockRejectedValueOnce(new Error('negotiation'));
    const publisher = createPublisher(livekit, room, 'camera');
    publisher.want({ track: device(), on: true });
    await settle();
    expect(published).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(2000);
    expect(published).toHaveLength(1);
    publisher.forget('TR_1');
    publisher.want({ track: device(), on: true });
    await settle();
    expect(published).toHaveLength(2);
    publisher.stop();
  });

  it('sends a screen in one sharp layer, goes on with another window through the same track, and leaves nothing when it is over', async () => {
    const unpublishTrack = vi.fn(async () => undefined);
    Object.assign(room.localParticipant, { unpublishTrack });
    const publisher = createPublisher(livekit, room, 'screen');
    publisher.want({ track: device(), on: true });
    await settle();
    expect(publishTrack.mock.calls[0]?.[1]).toEqual({ source: 'screen', simulcast: false });
    const second = device();
    publisher.want({ track: second, on: true });
    await settle();
    expect(published).toHaveLength(1);
    expect(published[0]?.mediaStreamTrack).toBe(second);
    publisher.want({ track: null, on: false });
    await settle();
    expect(unpublishTrack).toHaveBeenCalledExactlyOnceWith(published[0], false);
    expect(published[0]?.isMuted).toBe(false);
    publisher.want({ track: device(), on: true });
    await settle();
    expect(publishTrack).toHaveBeenCalledTimes(2);
  });

  it('takes back what it carries without touching the device, and publishes it anew when wanted again', async () => {
    const unpublishTrack = vi.fn(async () => undefined);
    Object.assign(room.localParticipant, { unpublishTrack });
    const publisher = createPublisher(livekit, room, 'microphone');
    const track = device();
    publisher.want({ track, on: true });
    await settle();
    publisher.withdraw();
    await settle();
    expect(unpublishTrack).toHaveBeenCalledExactlyOnceWith(published[0], false);
    expect(track.enabled).toBe(true);
    expect(published[0]?.isMuted).toBe(false);
    publisher.again();
    await settle();
    expect(publishTrack).toHaveBeenCalledTimes(1);
    publisher.want({ track, on: true });
    await settle();
    expect(publishTrack).toHaveBeenCalledTimes(2);
  });
});
