// Owns how the name of a LiveKit room tells whose it is: the stream's id, a dot, and what the stream's own rules add.

const streamId = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const roomName = new RegExp(`^(${streamId})\\.`);

export const streamIdPattern = streamId;

/** Null for rooms that are not ours: a LiveKit can serve others too. */
export const streamOf = (room: string): string | null => roomName.exec(room)?.[1] ?? null;
