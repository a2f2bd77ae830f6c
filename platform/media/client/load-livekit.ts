// Owns fetching livekit-client: a chunk of its own, so that it can come while one is still at the entrance.
import type { Livekit } from './publisher.ts';

export const loadLivekit = (): Promise<Livekit> => import('livekit-client');
