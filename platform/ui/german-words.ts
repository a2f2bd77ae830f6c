// Owns the German words where they travel apart: the built web fills this file in (tools/chunks/german-apart.ts), everywhere else they stand beside the English ones.
export const germanWords: Record<string, Record<string, string>> = {};
