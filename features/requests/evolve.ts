// Owns how the three slices of requests grow from their events. Pure; deciding is core.ts.
import type { AudienceEvent } from '#platform/log/contract.ts';
import type {
  LapsedRequest,
  OwnRequestsState,
  ReceivedRequestsState,
  RequestsEvent,
  RequestsState,
  SettledRequest,
} from './contract.ts';

export const initialRequests: RequestsState = { open: true, limit: 10 };
export const initialReceivedRequests: ReceivedRequestsState = { waiting: [], invitations: [], countdowns: [], settled: [] };
export const initialOwnRequests: OwnRequestsState = {
  request: null,
  invitation: null,
  countdown: null,
  declined: null,
  lapsed: null,
};

/** Enough for the two speakers who decide at the same moment. */
const keptSettled = 50;

export function evolveRequests(state: RequestsState, event: AudienceEvent): RequestsState {
  const { type, body } = event as AudienceEvent & RequestsEvent;
  if (type === 'requests.open-set') return { ...state, open: body.open };
  if (type === 'requests.limit-set') return { ...state, limit: body.limit };
  return state;
}

/** Takes the person out of whatever they were in. */
function without(state: ReceivedRequestsState, person: string, settled?: SettledRequest): ReceivedRequestsState {
  const others = <One extends { person: string }>(list: One[]): One[] =>
    list.some((one) => one.person === person) ? list.filter((one) => one.person !== person) : list;
  const waited = others(state.waiting) !== state.waiting;
  return {
    waiting: others(state.waiting),
    invitations: others(state.invitations),
    countdowns: others(state.countdowns),
    settled: settled && waited ? [...others(state.settled), settled].slice(-keptSettled) : state.settled,
  };
}

export function evolveReceivedRequests(state: ReceivedRequestsState, event: AudienceEvent): ReceivedRequestsState {
  const { type, body } = event as AudienceEvent & RequestsEvent;
  switch (type) {
    case 'requests.sent': {
      const clean = without(state, body.person);
      const settled = clean.settled.filter((one) => one.person !== body.person);
      return { ...clean, settled, waiting: [...clean.waiting, { ...body, askedAt: event.at }] };
    }
    case 'requests.withdrawn':
      return without(state, body.person, { person: body.person, how: 'withdrawn', by: null });
    case 'requests.declined':
      return without(state, body.person, { person: body.person, how: 'declined', by: body.by });
    case 'requests.invited': {
      const clean = without(state, body.person);
      return { ...clean, invitations: [...clean.invitations, { ...body, invitedAt: event.at }] };
    }
    case 'requests.countdown-started': {
      const { by, ...countdown } = body;
      const clean = without(state, body.person, { person: body.person, how: 'approved', by });
      return { ...clean, countdowns: [...clean.countdowns, countdown] };
    }
    case 'requests.media-chosen':
      return { ...state, countdowns: state.countdowns.map((one) => (one.person === body.person ? { ...one, ...body } : one)) };
    case 'requests.lapsed':
      return without(state, body.person, { person: body.person, how: 'lapsed', by: null });
    case 'requests.invitation-declined':
    case 'requests.invitation-withdrawn':
    case 'requests.cancelled':
    case 'requests.went-on-screen':
      return without(state, body.person);
    default:
      return state;
  }
}

const pendingOf = ({ countdown, invitation }: OwnRequestsState): LapsedRequest['what'] =>
  countdown ? 'countdown' : invitation ? 'invitation' : 'request';

export function evolveOwnRequests(state: OwnRequestsState, event: AudienceEvent): OwnRequestsState {
  const { type, body } = event as AudienceEvent & RequestsEvent;
  const nothing = { ...initialOwnRequests, declined: state.declined, lapsed: state.lapsed ?? null };
  switch (type) {
    case 'requests.you-asked':
      return { ...initialOwnRequests, request: { ...body, askedAt: event.at } };
    case 'requests.you-were-declined':
      return { ...initialOwnRequests, declined: { at: event.at, mayAskAgainAt: body.mayAskAgainAt } };
    case 'requests.you-were-invited':
      return { ...nothing, invitation: { by: body.by, invitedAt: event.at } };
    case 'requests.your-countdown-started':
      return { ...initialOwnRequests, countdown: body };
    case 'requests.you-chose-media':
      return state.countdown ? { ...state, countdown: { ...state.countdown, ...body } } : state;
    case 'requests.you-withdrew':
    case 'requests.you-declined-invitation':
    case 'requests.you-cancelled':
    case 'requests.you-went-on-screen':
      return nothing;
    case 'requests.your-invitation-was-withdrawn':
      return { ...nothing, lapsed: { what: 'invitation', reason: 'withdrawn', by: body.by, at: event.at } };
    case 'requests.yours-lapsed':
      return { ...nothing, lapsed: { what: pendingOf(state), reason: body.reason, by: null, at: event.at } };
    default:
      return state;
  }
}
