// Owns sending a file as a browser does, whole or cut on purpose, and reading what comes back.
import type { PdfFacts } from '#features/materials/contract.ts';
import type { ErrorBody } from '#platform/errors/app-error.ts';
import type { Visit } from '#tests/flows/app.ts';

export interface Sender {
  app: Pick<Visit, 'origin'>;
  session: string;
  cookie?: string;
}

export const materialsPath = (session: string) => `/api/sessions/${session}/materials`;

export interface Sent {
  status: number;
  material: PdfFacts | null;
  /** The reason in the answer. */
  code: string | null;
  details: Record<string, string | number>;
}

export async function upload(
  { app, session, cookie }: Sender,
  bytes: Uint8Array,
  {
    name = 'Slides.pdf',
    id,
    headers = {},
    signal,
    isChunked = false,
  }: { name?: string; isChunked?: boolean; id?: string; headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Sent> {
  const query = `?name=${encodeURIComponent(name)}${id ? `&id=${id}` : ''}`;
  const answer = await fetch(`${app.origin}${materialsPath(session)}${query}`, {
    method: 'PUT',
    headers: { origin: app.origin, 'content-type': 'application/pdf', ...(cookie ? { cookie } : {}), ...headers },
    // In pieces, it does not say before how much will come.
    body: isChunked ? new Blob([new Uint8Array(bytes)]).stream() : new Uint8Array(bytes),
    ...(isChunked && { duplex: 'half' }),
    signal,
  } as RequestInit);
  const body = (await answer.json()) as PdfFacts & ErrorBody;
  return answer.ok
    ? { status: answer.status, material: body, code: null, details: {} }
    : { status: answer.status, material: null, code: body.error.code, details: body.error.details };
}
