// Owns F3: bytes on the wire for one small thing that happened, beside the state that would travel if it were sent again, with 500 people present.
import { encode, encodeFrame } from '#platform/live/messages.ts';
import type { Actor } from '#platform/log/contract.ts';
import { asParticipant, asSpeaker, createTestSession, host, person, system } from '#session/testing.ts';

export interface WireBytes {
  what: string;
  bytes: number;
  whole: number;
}

const present = 500;
const firstGuest = 1000;
const guests = Array.from({ length: present }, (_, index) => person(firstGuest + index));
const sentence = 'Could you say a little more about how the arm knows what it holds?';

export function weighEvents(): WireBytes[] {
  const session = createTestSession();
  const send = (actor: Actor, type: string, body: Record<string, unknown>, minutes?: number) => {
    const refusal = session.send(actor, type, body, minutes);
    if (refusal) throw new Error(`${type} was refused: ${refusal}`);
  };
  send(asSpeaker(host), 'stage.enter', { microphone: true, camera: true }, -5);
  send(asSpeaker(host), 'lifecycle.start', {}, 0);
  send(system, 'people.note-presence', { arrived: guests.map((one) => ({ person: one, as: 'participant' })), left: [] }, 1);
  for (const guest of guests.slice(0, 100)) send(asParticipant(guest), 'chat.send', { channel: 'everyone', text: sentence });
  const weigh = (what: string, happen: () => void): WireBytes => {
    const known = session.events.length;
    happen();
    const events = session.events.slice(known).filter(({ audience }) => audience === 'all');
    const seq = events.at(-1)?.seq ?? 0;
    const whole = encode({ t: 'slice', audience: 'all', seq, state: session.snapshot.state.all }).length;
    return { what, bytes: encodeFrame('all', events).length, whole };
  };
  const guest = asParticipant(guests[0] as string);
  send(asParticipant(guests[2] as string), 'questions.ask', { text: sentence, anonymous: false });
  const asked = session.events.findLast(({ type }) => type === 'questions.published');
  return [
    weigh('a vote', () => send(guest, 'questions.vote', { question: asked?.body.question ?? asked?.seq })),
    weigh('a chat message', () => send(guest, 'chat.send', { channel: 'everyone', text: sentence })),
    weigh('somebody goes', () => send(system, 'people.note-presence', { arrived: [], left: [guests[1]] })),
    weigh('a microphone is muted', () => send(asSpeaker(host), 'stage.set-media', { microphone: false })),
  ];
}
