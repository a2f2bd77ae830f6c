// Owns how a Session's stored events of older shapes are read (CONTRIBUTING.md says how to change a shape). Pure.
import type { Upcasters } from '#platform/log/upcasting.ts';

/** Every type of event is at version 1 so far. */
export const sessionUpcasters: Upcasters = {};
