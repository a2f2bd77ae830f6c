// Owns what was typed to all rooms and not sent: kept per tab and Session, over the panel's closing and reloads.
const key = (sessionId: string) => `stagedoor.rooms.draft.${sessionId}`;

export function recallNotice(sessionId: string): string {
  try {
    return sessionStorage.getItem(key(sessionId)) ?? '';
  } catch {
    return '';
  }
}

export function keepNotice(sessionId: string, text: string): void {
  try {
    if (text) sessionStorage.setItem(key(sessionId), text);
    else sessionStorage.removeItem(key(sessionId));
  } catch {
    // Without storage it lasts as long as the panel.
  }
}
