// Owns commands that have no answer yet. They keep their id, so that sending them again changes nothing.
import type { Command } from '#platform/log/contract.ts';
import { ApiError } from '#platform/ui/api.ts';

interface Pending {
  command: Command;
  resolve(): void;
  reject(error: ApiError): void;
}

export interface Outbox {
  add(command: Command): Promise<void>;
  /** In the order in which they were given. */
  all(): Command[];
  acknowledged(id: string): void;
  refused(id: string, code: string, details?: Record<string, string | number>): void;
  /** No answer can come any more. */
  failAll(code: string): void;
}

/** A refusal is an answer to the request, as 409 is over HTTP. */
const refusedStatus = 409;

/** A uuid of version 7: beginning with the time, it finds its neighbours' place in the database's index still warm. */
export function newCommandId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}

export function createOutbox(): Outbox {
  const pending = new Map<string, Pending>();
  const settle = (id: string): Pending | undefined => {
    const found = pending.get(id);
    pending.delete(id);
    return found;
  };
  return {
    add: (command) => new Promise<void>((resolve, reject) => pending.set(command.id, { command, resolve, reject })),
    all: () => Array.from(pending.values(), (one) => one.command),
    acknowledged: (id) => settle(id)?.resolve(),
    refused: (id, code, details) => settle(id)?.reject(new ApiError(refusedStatus, code, details)),
    failAll(code) {
      for (const id of [...pending.keys()]) settle(id)?.reject(new ApiError(0, code));
    },
  };
}
