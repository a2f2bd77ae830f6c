// Owns how much time speakers give rooms by one click.
export const moreMinutes = 5;
export const moreMs = moreMinutes * 60_000;
