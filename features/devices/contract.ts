// Owns what a camera's picture goes through before anybody sees it, as an interface: what changes it (a background) is another capability's.

/** A changed picture, ready to be seen. */
export interface FilteredPicture {
  /** Stays the same for as long as this picture lives. */
  track: MediaStreamTrack;
  /** Another look on the same track. Rejects, and leaves the look before, when it cannot be had. */
  show(look: string): Promise<void>;
  close(): void;
}

/** Resolves when the first changed frame is there, so that no unchanged one is ever seen. `onTooSlow`: this machine can't keep up. */
export type OpenFilter = (camera: MediaStreamTrack, look: string, onTooSlow: () => void) => Promise<FilteredPicture>;

/** The look that changes nothing. */
export const plainLook = 'none';
