// Owns the one table of what each role may do. The server checks it before deciding; the interface only mirrors it.
import type { Actor } from '#platform/log/contract.ts';
import type { SessionState } from './state.ts';
import { allOf, backstageOf } from './state.ts';

/** `speaker`: on the list of speakers and joined as one. `removed` outweighs the rest. `system`: timers and leases. */
export type Role = 'speaker' | 'participant' | 'support' | 'removed' | 'system';
export const roles: readonly Role[] = ['speaker', 'participant', 'support', 'removed', 'system'];

const speakersOnly: readonly Role[] = ['speaker'];
const everyoneInside: readonly Role[] = ['speaker', 'participant', 'support'];
/** Speakers come on stage by themselves. */
const withoutSpeakers: readonly Role[] = ['participant', 'support'];
const systemOnly: readonly Role[] = ['system'];

/** Command type → who may send it. Finer conditions (a channel, one's own message) are the capability's own rules. */
export const powers = {
  'lifecycle.start': speakersOnly,
  'lifecycle.end': speakersOnly,
  'lifecycle.close-unattended': systemOnly,
  'stage.enter': speakersOnly,
  'stage.leave': everyoneInside,
  'stage.set-media': everyoneInside,
  'stage.share-screen': everyoneInside,
  'stage.stop-screen': speakersOnly,
  'stage.mute': speakersOnly,
  'stage.remove': speakersOnly,
  'people.remove': speakersOnly,
  'people.readmit': speakersOnly,
  'people.note-presence': systemOnly,
  'chat.send': everyoneInside,
  'chat.send-backstage': speakersOnly,
  'chat.delete': everyoneInside,
  'chat.react': everyoneInside,
  'chat.take-back': everyoneInside,
  'chat.pause': speakersOnly,
  'chat.resume': speakersOnly,
  'chat.set-pace': speakersOnly,
  'chat.ban': speakersOnly,
  'chat.lift-ban': speakersOnly,
  'questions.ask': everyoneInside,
  'questions.vote': everyoneInside,
  'questions.take-back': everyoneInside,
  'questions.delete': everyoneInside,
  'questions.set-answered': speakersOnly,
  'questions.set-answering': speakersOnly,
  'questions.approve': speakersOnly,
  'questions.set-options': speakersOnly,
  'requests.send': withoutSpeakers,
  'requests.withdraw': withoutSpeakers,
  'requests.cancel': withoutSpeakers,
  'requests.accept-invitation': withoutSpeakers,
  'requests.decline-invitation': withoutSpeakers,
  'requests.set-media': withoutSpeakers,
  'requests.approve': speakersOnly,
  'requests.decline': speakersOnly,
  'requests.invite': speakersOnly,
  'requests.withdraw-invitation': speakersOnly,
  'requests.set-open': speakersOnly,
  'requests.set-limit': speakersOnly,
  'requests.go-on-screen': systemOnly,
  'materials.present': speakersOnly,
  'materials.stop': speakersOnly,
  'materials.turn': everyoneInside,
  'materials.set-playback': everyoneInside,
  'materials.rename': speakersOnly,
  'materials.delete': speakersOnly,
  'materials.reorder': speakersOnly,
  'materials.set-downloadable': speakersOnly,
  'materials.embed-video': speakersOnly,
  'materials.add': systemOnly,
  'breakouts.add-room': speakersOnly,
  'breakouts.remove-room': speakersOnly,
  'breakouts.rename-room': speakersOnly,
  'breakouts.auto-assign': speakersOnly,
  'breakouts.move': speakersOnly,
  'breakouts.set-options': speakersOnly,
  'breakouts.discard': speakersOnly,
  'breakouts.open': speakersOnly,
  'breakouts.extend': speakersOnly,
  'breakouts.message-all': speakersOnly,
  'breakouts.dismiss-help': speakersOnly,
  'breakouts.close-room': speakersOnly,
  'breakouts.close': speakersOnly,
  'breakouts.close-now': speakersOnly,
  'breakouts.keep-open': speakersOnly,
  'breakouts.go': everyoneInside,
  'breakouts.set-media': everyoneInside,
  'breakouts.ask-for-help': everyoneInside,
  'breakouts.take-back-help': everyoneInside,
  'breakouts.end-timer': systemOnly,
  'breakouts.finish-closing': systemOnly,
  'breakouts.settle-moves': systemOnly,
} as const satisfies Record<string, readonly Role[]>;
export type Power = keyof typeof powers;

export function roleOf(state: SessionState, actor: Actor): Role {
  if (actor.kind === 'system') return 'system';
  const { lifecycle } = allOf(state);
  if (actor.personId in backstageOf(state).people.removed) return 'removed';
  if (lifecycle.speakers.includes(actor.personId)) return actor.as;
  return lifecycle.support.includes(actor.personId) ? 'support' : 'participant';
}

export function may(role: Role, power: Power): boolean {
  return (powers[power] as readonly Role[]).includes(role);
}
