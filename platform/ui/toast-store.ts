// Owns which toasts are up. Callable from anywhere, also outside React; drawing and timing are toasts.tsx.
export interface ToastInput {
  title: string;
  text?: string;
  /** `error` is announced at once (role alert), the others politely (role status). */
  tone?: 'plain' | 'done' | 'wait' | 'error';
  action?: { label: string; onAction: () => void };
}
export interface Toast extends ToastInput {
  id: number;
}

/** More than this would cover what one does; the oldest gives way. */
const mostAtOnce = 3;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function replace(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Returns a function that takes it away again. The same words twice renew the first. */
export function showToast(input: ToastInput): () => void {
  const id = ++lastId;
  const others = toasts.filter((toast) => toast.title !== input.title || toast.text !== input.text);
  replace([...others, { ...input, id }].slice(-mostAtOnce));
  return () => dismissToast(id);
}

export const dismissToast = (id: number): void => {
  if (toasts.some((toast) => toast.id === id)) replace(toasts.filter((toast) => toast.id !== id));
};

export const toastStore = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  read: () => toasts,
};
