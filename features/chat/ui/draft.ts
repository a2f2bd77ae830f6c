// Owns what was typed and not sent: kept per tab and Session, over reloads.
const key = (sessionId: string) => `stagedoor.draft.${sessionId}`;

export function recallDraft(sessionId: string): string {
  try {
    return sessionStorage.getItem(key(sessionId)) ?? '';
  } catch {
    return '';
  }
}

export function keepDraft(sessionId: string, draft: string): void {
  try {
    if (draft) sessionStorage.setItem(key(sessionId), draft);
    else sessionStorage.removeItem(key(sessionId));
  } catch {
    // Without storage the draft lasts until the reload.
  }
}
