// Owns what was typed and not asked: kept per tab, the same inside the Session and on the Program page.

export interface QuestionDraft {
  text: string;
  anonymous: boolean;
}

const empty: QuestionDraft = { text: '', anonymous: false };
const key = (sessionId: string) => `stagedoor.question-draft.${sessionId}`;

export function recallDraft(sessionId: string): QuestionDraft {
  try {
    const { text, anonymous } = JSON.parse(sessionStorage.getItem(key(sessionId)) ?? '{}') as Partial<QuestionDraft>;
    return { text: typeof text === 'string' ? text : '', anonymous: anonymous === true };
  } catch {
    return empty;
  }
}

export function keepDraft(sessionId: string, draft: QuestionDraft): void {
  try {
    if (draft.text) sessionStorage.setItem(key(sessionId), JSON.stringify(draft));
    else sessionStorage.removeItem(key(sessionId));
  } catch {
    // Without storage the draft lasts until the reload.
  }
}
