// Owns asking a server at a pace that it bears: while one value is unanswered or was sent a moment ago, of the next ones only the newest is sent.

/** A held key asks thirty times a second. */
const leastMs = 100;

export class NewestOnly<Value> {
  readonly #send: (value: Value) => Promise<boolean>;
  readonly #onRefused: (value: Value) => void;
  #next: { value: Value } | null = null;
  #isSending = false;

  /** `send` resolves to whether it was taken; what newer ones have made obsolete is not told of. */
  constructor(send: (value: Value) => Promise<boolean>, onRefused: (value: Value) => void) {
    this.#send = send;
    this.#onRefused = onRefused;
  }

  ask(value: Value): void {
    this.#next = { value };
    if (!this.#isSending) void this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    while (this.#next) {
      const { value } = this.#next;
      this.#next = null;
      const passed = new Promise((resolve) => setTimeout(resolve, leastMs));
      const taken = await this.#send(value).catch(() => false);
      if (!taken && !this.#next) this.#onRefused(value);
      await passed;
    }
    this.#isSending = false;
  }
}
