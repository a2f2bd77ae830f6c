// Owns opening the live socket of one conversation in this page.
import { LiveStore } from '#platform/live/client/live-store.ts';
import { liveSocketPath } from '#platform/live/protocol.ts';
import type { SupportState } from '../contract.ts';
import { evolveSupportSlice, initialSupportSlice } from '../core.ts';

export const connectTalk = (conversationId: string): LiveStore<SupportState> =>
  new LiveStore<SupportState>({
    url: `${location.origin.replace(/^http/, 'ws')}${liveSocketPath}`,
    streamId: conversationId,
    as: 'participant',
    initialSlice: initialSupportSlice,
    evolveSlice: evolveSupportSlice,
  });
