// Being inside, against a server, devices and media in memory: going on stage, switches, broken devices, a second tab, the audience's head start.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backstageOf } from '#session/state.ts';
import { asParticipant, asSpeaker, host, system, visitor } from '#session/testing.ts';
import type { EngineBed } from './engine-bed.ts';
import { createEngineBed } from './engine-bed.ts';
import type { Entry } from './entry-memory.ts';

let bed: EngineBed;
beforeEach(() => {
  bed = createEngineBed();
});
afterEach(() => bed.engine.stop());

describe('a speaker', () => {
  const entry: Entry = { as: 'speaker', microphone: true, camera: true };

  it('goes on stage once, then sends what the state says, and is remembered for a reload', async () => {
    bed.open(entry);
    await bed.ready();
    bed.socket.onopen?.();
    expect(bed.commands).toEqual([{ type: 'stage.enter', body: { microphone: true, camera: true } }]);
    await vi.waitFor(() =>
      expect(bed.calls[0]).toMatchObject({ camera: { on: true }, microphone: { on: true }, onStage: [host] }),
    );
    await bed.engine.toggle('camera');
    expect(bed.commands.at(-1)).toEqual({ type: 'stage.set-media', body: { camera: false } });
    await vi.waitFor(() => expect(bed.cameraOf()).toBe('off'));
    expect(bed.engine.devices.read().microphone.is).toBe('on');
    expect(bed.kept.at(-1)).toEqual({ as: 'speaker', microphone: true, camera: false });
    expect(bed.commands).toHaveLength(2);
  });

  it('is muted at once when they press, and heard again only when the state says so', async () => {
    bed.open(entry);
    await bed.ready();
    bed.socket.onopen?.();
    await vi.waitFor(() => expect(bed.calls[0]?.microphone.on).toBe(true));
    bed.answering = false;
    void bed.engine.toggle('microphone');
    expect(bed.calls[0]?.microphone.on).toBe(false);
    expect(bed.engine.readSwitches().microphone).toBe(false);
    bed.session.send(asSpeaker(host), 'stage.set-media', { microphone: false });
    bed.deliver();
    void bed.engine.toggle('microphone');
    expect(bed.engine.readSwitches().microphone).toBe(true);
    expect(bed.calls[0]?.microphone.on).toBe(false);
    bed.session.send(asSpeaker(host), 'stage.set-media', { microphone: true });
    bed.deliver();
    expect(bed.calls[0]?.microphone.on).toBe(true);
  });

  it('does not pretend to be seen with a camera that fails', async () => {
    bed.failing = { video: 'NotReadableError' };
    bed.open(entry);
    await bed.ready();
    bed.socket.onopen?.();
    expect(bed.commands).toEqual([{ type: 'stage.enter', body: { microphone: true, camera: false } }]);
    await bed.engine.toggle('camera');
    await vi.waitFor(() => expect(bed.troubles).toHaveBeenCalledWith({ device: 'camera', why: 'busy' }));
    expect(bed.commands.at(-1)).toEqual({ type: 'stage.set-media', body: { camera: false } });
    expect(bed.engine.readSwitches().camera).toBe(false);
  });

  it('lets go of everything when another tab took over, until "Continue here"', async () => {
    bed.open(entry);
    await bed.ready();
    bed.socket.onopen?.();
    await vi.waitFor(() => expect(bed.calls).toHaveLength(1));
    bed.calls[0]?.events.onConnected();
    bed.calls[0]?.events.onEnded('elsewhere');
    await vi.waitFor(() => expect(bed.cameraOf()).toBe('off'));
    bed.session.send(asSpeaker(host), 'stage.leave');
    bed.deliver();
    expect(bed.commands).toHaveLength(1);
    expect(bed.cameraOf()).toBe('off');
    bed.engine.continueHere();
    await vi.waitFor(() => expect(bed.cameraOf()).toBe('on'));
    expect(bed.calls).toHaveLength(2);
    const [opened, openedAgain, ...more] = bed.hellos.map(({ opening }) => opening);
    expect(opened).not.toBe(openedAgain);
    expect([opened, openedAgain, ...more]).toEqual([expect.any(String), expect.any(String)]);
  });

  it('is told of a refusal', async () => {
    bed.open({ ...entry, camera: false });
    bed.socket.onopen?.();
    expect(await bed.engine.act('lifecycle.end', {})).toBe(false);
    expect(bed.troubles).toHaveBeenCalledWith({ code: 'session-not-live', details: {} });
  });

  it('who starts or ends at the same time as another speaker hears of no refusal', async () => {
    bed.open({ ...entry, camera: false });
    bed.socket.onopen?.();
    bed.session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
    expect(await bed.engine.act('lifecycle.start', {})).toBe(true);
    bed.deliver();
    bed.session.send(asSpeaker(host), 'lifecycle.end');
    expect(await bed.engine.act('lifecycle.end', {})).toBe(true);
    expect(bed.troubles).not.toHaveBeenCalled();
  });
});

describe('a participant', () => {
  const entry: Entry = { as: 'participant', microphone: false, camera: false };

  it('waits without media and devices, and is in the moment it starts', async () => {
    bed.session.send(asSpeaker(host), 'stage.enter', { microphone: true, camera: true }, -5);
    bed.open(entry);
    bed.socket.onopen?.();
    expect(bed.commands).toHaveLength(0);
    expect(bed.calls).toHaveLength(0);
    bed.session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
    bed.deliver();
    await vi.waitFor(() => expect(bed.calls[0]).toMatchObject({ onStage: [host], camera: { on: false } }));
    bed.session.send(asSpeaker(host), 'lifecycle.end');
    bed.deliver();
    expect(bed.calls[0]?.closed).toBe(true);
    expect(bed.engine.devices.read().camera.is).toBe('off');
  });

  it('connects before the state has arrived when the entrance saw it live', async () => {
    bed.open(entry, true);
    await vi.waitFor(() => expect(bed.calls).toHaveLength(1));
  });

  it('who may speak but came to watch lets go of the preview, and takes over from a tab that stands on stage', async () => {
    bed.session.send(asSpeaker(host), 'stage.enter', { microphone: true, camera: true }, -5);
    bed.session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
    bed.open(entry, true, host);
    bed.engine.devices.want({ camera: true, microphone: true });
    await vi.waitFor(() => expect(bed.cameraOf()).toBe('off'));
    bed.socket.onopen?.();
    await vi.waitFor(() => expect(bed.calls).toHaveLength(1));
    expect(bed.engine.readSwitches().onStage).toBe(false);
    expect(bed.commands).toHaveLength(0);
    bed.calls[0]?.events.onConnected();
    expect(bed.commands).toEqual([{ type: 'stage.leave', body: {} }]);
    // The other tab continues there: this one must not take it down again.
    bed.session.send(asSpeaker(host), 'stage.enter', { microphone: true, camera: true });
    bed.deliver();
    expect(bed.commands).toHaveLength(1);
    expect(bed.calls[0]?.camera.on).toBe(false);
  });

  describe('who comes on stage', () => {
    const live = () => {
      bed.session.send(asSpeaker(host), 'stage.enter', { microphone: true, camera: true }, -5);
      bed.session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
      bed.open(entry, true);
      bed.socket.onopen?.();
    };
    const approve = () => {
      bed.session.send(asSpeaker(host), 'requests.approve', { person: visitor });
      bed.deliver();
    };
    const goOnScreen = () => {
      const countdown = backstageOf(bed.session.state).requests.countdowns[0];
      bed.session.send(system, 'requests.go-on-screen', { timerId: countdown?.timerId }, 1);
      bed.deliver();
    };

    it('looks at themself, lets go while waiting, is ready but off in the countdown, and on when it ends', async () => {
      live();
      bed.engine.preview({ microphone: true, camera: true });
      await vi.waitFor(() => expect(bed.cameraOf()).toBe('on'));
      expect(bed.calls[0]?.camera.on).toBe(false);
      const looked = bed.engine.devices.read().camera;
      expect(looked.is === 'on' && looked.track.enabled).toBe(true);
      await bed.engine.act('requests.send', { microphone: true, camera: true });
      bed.engine.preview(null);
      await vi.waitFor(() => expect(bed.cameraOf()).toBe('off'));
      approve();
      await vi.waitFor(() => expect(bed.calls[0]?.camera.track).toBeTruthy());
      expect(bed.calls[0]?.camera).toMatchObject({ on: false, ready: true });
      expect(bed.engine.readSwitches()).toMatchObject({ isComing: true, onStage: false, camera: true });
      goOnScreen();
      expect(bed.calls[0]).toMatchObject({ camera: { on: true }, microphone: { on: true }, onStage: [host, visitor] });
      expect(bed.calls[0]?.microphones).toContain(visitor);
      bed.session.send(asSpeaker(host), 'stage.mute', { person: visitor });
      bed.deliver();
      expect(bed.calls[0]?.microphones).not.toContain(visitor);
      bed.session.send(asSpeaker(host), 'stage.remove', { person: visitor });
      bed.deliver();
      await vi.waitFor(() => expect(bed.cameraOf()).toBe('off'));
      expect(bed.kept).toEqual([]);
    });

    it('goes on without a camera that is denied during the countdown, and is told', async () => {
      live();
      await bed.engine.act('requests.send', { microphone: true, camera: true });
      bed.failing = { video: 'NotAllowedError' };
      approve();
      await vi.waitFor(() => expect(bed.commands.at(-1)).toEqual({ type: 'requests.set-media', body: { camera: false } }));
      expect(bed.troubles).toHaveBeenCalledWith({ device: 'camera', why: 'blocked' });
      goOnScreen();
      await vi.waitFor(() => expect(bed.calls[0]).toMatchObject({ camera: { on: false }, microphone: { on: true } }));
    });

    it('switches during the countdown, and backs out by leaving', async () => {
      live();
      await bed.engine.act('requests.send', { microphone: true, camera: true });
      approve();
      await bed.engine.toggle('microphone');
      expect(bed.commands.at(-1)).toEqual({ type: 'requests.set-media', body: { microphone: false } });
      await bed.engine.leave();
      expect(bed.commands.at(-1)?.type).toBe('requests.cancel');
    });

    it('is back on stage after a reload', async () => {
      bed.session.send(asSpeaker(host), 'stage.enter', { microphone: true, camera: true }, -5);
      bed.session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
      bed.session.send(asParticipant(visitor), 'requests.send', { microphone: true, camera: true });
      bed.session.send(asSpeaker(host), 'requests.approve', { person: visitor });
      const countdown = backstageOf(bed.session.state).requests.countdowns[0];
      bed.session.send(system, 'requests.go-on-screen', { timerId: countdown?.timerId }, 1);
      bed.open(entry, true);
      bed.socket.onopen?.();
      await vi.waitFor(() => expect(bed.calls[0]).toMatchObject({ camera: { on: true }, microphone: { on: true } }));
      expect(bed.commands).toEqual([]);
    });
  });
});
