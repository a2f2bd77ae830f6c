// Owns spreading large messages over time when very many want one at once: a start, a reconnect of everybody.

const turnMs = 20;
/** Bytes per turn; a single larger message still goes. */
const bytesPerTurn = 2 * 1024 * 1024;

/** Sends, and says how many bytes it was. */
type Task = () => number;

export class Pacer {
  private readonly waiting: Task[] = [];
  private left = bytesPerTurn;
  private timer: NodeJS.Timeout | null = null;

  /** Runs at once while there is budget, else in a later turn, in order. */
  run(task: Task): void {
    if (this.left > 0 && this.waiting.length === 0) this.left -= task();
    else this.waiting.push(task);
    this.timer ??= this.nextTurn();
  }

  close(): void {
    this.waiting.length = 0;
    if (this.timer) clearTimeout(this.timer);
  }

  private nextTurn(): NodeJS.Timeout {
    // The jitter keeps servers that were started together from sending in step.
    return setTimeout(() => this.turn(), turnMs * (0.5 + Math.random()));
  }

  private turn(): void {
    this.left = bytesPerTurn;
    this.timer = null;
    while (this.left > 0) {
      const task = this.waiting.shift();
      if (!task) return;
      this.left -= task();
    }
    this.timer = this.nextTurn();
  }
}
