// Owns the guard against statements that would wait for the transaction they were called from.
import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<{ open: boolean }>();

/** The embedded database has one connection: such a statement would wait for ever there, and miss the transaction's writes elsewhere. */
export function refuseInsideTransaction(): void {
  if (current.getStore()?.open) throw new Error('Inside a transaction, use its `tx`');
}

export async function insideTransaction<T>(work: () => Promise<T>): Promise<T> {
  const scope = { open: true };
  try {
    return await current.run(scope, work);
  } finally {
    scope.open = false;
  }
}

/** PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error. */
export function assertCommitted(command: string): void {
  if (command === 'ROLLBACK') throw new Error('A statement of the transaction had failed: it was rolled back');
}
