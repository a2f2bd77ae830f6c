// Owns how many messages one socket may send.

export interface Rate {
  perSecond: number;
  burst: number;
}

export class RateLimit {
  private readonly rate: Rate;
  private tokens: number;
  private filledAtMs: number;

  constructor(rate: Rate, nowMs: number) {
    this.rate = rate;
    this.tokens = rate.burst;
    this.filledAtMs = nowMs;
  }

  /** 0 when the message may pass, else after how many milliseconds the next one may. */
  take(nowMs: number): number {
    const { perSecond, burst } = this.rate;
    this.tokens = Math.min(burst, this.tokens + ((nowMs - this.filledAtMs) / 1000) * perSecond);
    this.filledAtMs = nowMs;
    if (this.tokens >= 1) {
      this.tokens -= 1;
      return 0;
    }
    return Math.ceil(((1 - this.tokens) / perSecond) * 1000);
  }
}
