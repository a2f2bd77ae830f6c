// Owns reading the media connection from React: a screen renders again only when the part that it selects has changed.
import { useSyncExternalStore } from 'react';
import type { MediaClient, MediaSnapshot } from './media-client.ts';

export function useMedia<Part>(media: MediaClient, select: (snapshot: MediaSnapshot) => Part): Part {
  return useSyncExternalStore(media.subscribe, () => select(media.read()));
}
