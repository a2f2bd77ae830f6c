// Owns the ways in which being inside comes to its end.
export type Departure = { left: true } | { ended: true; isUnattended: boolean } | { removed: true };
