// Owns the one error type that reaches a person. Anything else that is thrown becomes `internal` and is logged.
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Record<string, string | number>;

  /** `code` is a fact in kebab-case; the interface has a sentence for each in each language. */
  constructor(status: number, code: string, details: Record<string, string | number> = {}) {
    super(code);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** Body of every error answer over HTTP. */
export interface ErrorBody {
  error: { code: string; details: Record<string, string | number> };
}
