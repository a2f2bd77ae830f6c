// My own shared screen: started and ended with the state and with the browser, asked before taking over, swapped, never left over.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ScreenChoice } from '#features/stage/ui/choose-screen.ts';
import { ApiError } from '#platform/ui/api.ts';
import { allOf } from '#session/state.ts';
import { asSpeaker, cohost, host } from '#session/testing.ts';
import type { EngineBed } from './engine-bed.ts';
import { createEngineBed } from './engine-bed.ts';
import { OwnScreen } from './own-screen.ts';

class FakeTrack extends EventTarget {
  readonly kind: string;
  enabled = true;
  isStopped = false;
  constructor(kind: string) {
    super();
    this.kind = kind;
  }
  stop() {
    this.isStopped = true;
  }
}
function chosen(hasSound = true) {
  const [picture, sound] = [new FakeTrack('video'), hasSound ? new FakeTrack('audio') : null];
  return { picture, sound, choice: { is: 'chosen', screen: { picture, sound } } as unknown as ScreenChoice };
}

describe('inside', () => {
  let bed: EngineBed;
  beforeEach(async () => {
    bed = createEngineBed();
    bed.session.send(asSpeaker(cohost), 'stage.enter', { microphone: true, camera: true });
    bed.open({ as: 'speaker', microphone: false, camera: false });
    await bed.ready();
    bed.socket.onopen?.();
    await vi.waitFor(() => expect(bed.calls).toHaveLength(1));
  });
  afterEach(() => bed.engine.stop());

  const isNamed = () => allOf(bed.session.state).stage.onStage.find((one) => one.person === host)?.screen === true;
  const sent = () => bed.calls[0]?.screen ?? null;
  const share = async (hasSound?: boolean) => {
    const it = chosen(hasSound);
    bed.choice = it.choice;
    await bed.engine.screen.share();
    return it;
  };

  it('is sent with its sound once the state names it, and taken back by stopping', async () => {
    const { picture, sound } = await share();
    expect(isNamed()).toBe(true);
    expect(sent()).toEqual({ picture, sound });
    expect(bed.calls[0]?.screens).toEqual([host]);
    expect(bed.engine.screen.read()).toEqual({ isSharing: true, picture, asks: null });
    bed.engine.screen.stop();
    expect(bed.commands.at(-1)).toEqual({ type: 'stage.share-screen', body: { on: false } });
    expect([isNamed(), sent(), picture.isStopped, sound?.isStopped]).toEqual([false, null, true, true]);
    expect(bed.engine.screen.read().isSharing).toBe(false);
    expect(bed.troubles).not.toHaveBeenCalled();
  });

  it('ends with the browser’s own bar', async () => {
    const { picture } = await share(false);
    picture.dispatchEvent(new Event('ended'));
    expect([isNamed(), sent()]).toEqual([false, null]);
  });

  it('goes on with another window without a word to anybody', async () => {
    const first = await share();
    const commands = bed.commands.length;
    const second = await share(false);
    expect(sent()).toEqual({ picture: second.picture, sound: null });
    expect([first.picture.isStopped, first.sound?.isStopped, second.picture.isStopped]).toEqual([true, true, false]);
    expect(bed.commands).toHaveLength(commands);
    // The end of what is no longer shown ends nothing.
    first.picture.dispatchEvent(new Event('ended'));
    expect(isNamed()).toBe(true);
    bed.choice = { is: 'cancelled' };
    await bed.engine.screen.share();
    expect(sent()?.picture).toBe(second.picture);
  });

  it('is over when somebody takes over, and one is told', async () => {
    const { picture } = await share();
    await vi.waitFor(() => expect(isNamed()).toBe(true));
    bed.session.send(asSpeaker(cohost), 'stage.share-screen', { on: true, takeOver: true });
    bed.deliver();
    expect(sent()).toBeNull();
    expect(picture.isStopped).toBe(true);
    expect(bed.troubles).toHaveBeenCalledExactlyOnceWith({ screen: 'ended' });
    expect(bed.engine.screen.read().isSharing).toBe(false);
  });

  it('asks before the browser does when another speaker shares', async () => {
    bed.session.send(asSpeaker(cohost), 'stage.share-screen', { on: true });
    bed.deliver();
    const { picture } = await share();
    expect(bed.engine.screen.read()).toEqual({ isSharing: false, picture: null, asks: cohost });
    expect(isNamed()).toBe(false);
    await bed.engine.screen.answer(false);
    expect(bed.engine.screen.read().asks).toBeNull();
    await bed.engine.screen.share();
    await bed.engine.screen.answer(true);
    expect(isNamed()).toBe(true);
    expect(sent()?.picture).toBe(picture);
  });

  it('of a page that is gone is ended by the one that comes after it', () => {
    bed.session.send(asSpeaker(host), 'stage.share-screen', { on: true });
    bed.deliver();
    expect(bed.commands.at(-1)).toEqual({ type: 'stage.share-screen', body: { on: false } });
    expect(isNamed()).toBe(false);
    expect(bed.commands.filter((one) => one.type === 'stage.share-screen')).toHaveLength(1);
  });

  it('is let go of in a tab that another one has replaced, which then speaks for both', async () => {
    const { picture } = await share();
    const commands = bed.commands.length;
    bed.calls[0]?.events.onEnded('elsewhere');
    expect(picture.isStopped).toBe(true);
    expect(bed.commands).toHaveLength(commands);
  });

  it('is let go of on leaving', async () => {
    const { picture } = await share();
    await bed.engine.leave();
    expect(picture.isStopped).toBe(true);
  });

  it('says what failed, and nothing when one has changed one’s mind', async () => {
    await bed.engine.screen.share();
    expect(bed.troubles).not.toHaveBeenCalled();
    bed.choice = { is: 'failed' };
    await bed.engine.screen.share();
    expect(bed.troubles).toHaveBeenCalledExactlyOnceWith({ screen: 'failed' });
    expect(isNamed()).toBe(false);
  });
});

describe('somebody who was faster', () => {
  it('is asked about with what was chosen kept, and kept or let go of by the answer', async () => {
    const it = chosen();
    const submit = vi.fn(async (_type: string, body: Record<string, unknown>) => {
      if (!body.takeOver) throw new ApiError(409, 'presenting-already', { by: cohost });
    });
    const choose = vi.fn(async () => it.choice);
    const own = new OwnScreen({ choose, submit, inTheWay: () => null, onChange: () => undefined, onTrouble: vi.fn() });
    await own.share();
    expect(own.read()).toEqual({ isSharing: false, picture: null, asks: cohost });
    await own.answer(true);
    expect(submit.mock.lastCall?.[1]).toEqual({ on: true, takeOver: true });
    expect([choose.mock.calls.length, it.picture.isStopped, own.read().isSharing]).toEqual([1, false, true]);
    own.stop();
    await own.share();
    await own.answer(false);
    expect(it.picture.isStopped).toBe(true);
    expect(own.tracks).toBeNull();
    own.close();
  });

  it('a refusal for another reason is told, and nothing is left open', async () => {
    const it = chosen();
    const onTrouble = vi.fn();
    const submit = async () => {
      throw new ApiError(409, 'not-on-stage');
    };
    const own = new OwnScreen({
      ...{ choose: async () => it.choice, submit, inTheWay: () => null, onChange: () => undefined, onTrouble },
    });
    await own.share();
    expect(onTrouble).toHaveBeenCalledExactlyOnceWith({ code: 'not-on-stage', details: {} });
    expect([it.picture.isStopped, own.tracks]).toEqual([true, null]);
  });
});
