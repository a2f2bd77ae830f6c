// Owns requests to our own HTTP API. Answers are typed by the contracts; errors carry a code that the interface has words for.
import type { ErrorBody } from '#platform/errors/app-error.ts';
import { noteServerTime } from './clock.ts';

export class ApiError extends Error {
  readonly code: string;
  /** 0 when no answer came. */
  readonly status: number;
  readonly details: Record<string, string | number>;
  constructor(status: number, code: string, details: Record<string, string | number> = {}) {
    super(code);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

async function request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError(0, 'network');
  }
  noteServerTime(response.headers.get('date') ?? '');
  if (response.status === 204) return undefined as Answer;
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as Answer;
  const error = (answer as ErrorBody | null)?.error;
  // A proxy in front of us answers for a server that is away, in words that are not ours.
  const unnamed = response.status >= 502 ? 'unavailable' : 'internal';
  throw new ApiError(response.status, error?.code ?? unnamed, error?.details);
}

export const api = {
  get: <Answer>(path: string) => request<Answer>('GET', path),
  post: <Answer>(path: string, body: unknown = {}) => request<Answer>('POST', path, body),
  remove: (path: string) => request<undefined>('DELETE', path),
  patch: <Answer>(path: string, body: unknown) => request<Answer>('PATCH', path, body),
};
