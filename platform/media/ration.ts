// Owns the rate at which an audience is let in, so that a thousand joins at the start do not drown those on stage, who never wait.

export interface Ration {
  /** True when admitted; false when the wait was too long or the caller gave up. */
  admit(signal: AbortSignal): Promise<boolean>;
  stop(): void;
}

export interface RationOptions {
  perSecond: number;
  burst: number;
  maxWaitMs: number;
}

interface Waiter {
  enter(admitted: boolean): void;
}

/** A token bucket with a queue: first come, first served. */
export function createRation({ perSecond, burst, maxWaitMs }: RationOptions): Ration {
  let tokens = burst;
  let filledAt = performance.now();
  const queue = new Set<Waiter>();
  let timer: NodeJS.Timeout | undefined;

  const serve = () => {
    timer = undefined;
    const now = performance.now();
    tokens = Math.min(Math.max(1, burst), tokens + ((now - filledAt) / 1000) * perSecond);
    filledAt = now;
    for (const waiter of queue) {
      if (tokens < 1) break;
      tokens -= 1;
      waiter.enter(true);
    }
    if (queue.size > 0) timer = setTimeout(serve, Math.ceil(((1 - tokens) / perSecond) * 1000));
  };

  return {
    admit(signal) {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const giveUp = () => waiter.enter(false);
      const tooLate = setTimeout(giveUp, maxWaitMs);
      const waiter: Waiter = {
        enter(admitted) {
          queue.delete(waiter);
          clearTimeout(tooLate);
          signal.removeEventListener('abort', giveUp);
          resolve(admitted);
        },
      };
      signal.addEventListener('abort', giveUp);
      queue.add(waiter);
      if (signal.aborted) giveUp();
      else if (!timer) serve();
      return promise;
    },
    stop() {
      clearTimeout(timer);
      for (const waiter of queue) waiter.enter(false);
    },
  };
}
