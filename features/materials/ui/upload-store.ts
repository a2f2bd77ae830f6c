// Owns uploads on their way: they go on while one does something else, can be cancelled, and say why they failed. Outside React.
import type { ErrorBody } from '#platform/errors/app-error.ts';
import { ApiError } from '#platform/ui/api.ts';

export interface Upload {
  /** The material's id to be: trying again adds it once. */
  id: string;
  sessionId: string;
  name: string;
  /** `sent`: from 0 to 1; at 1 the server reads it. */
  status: { is: 'sending'; sent: number } | { is: 'failed'; error: ApiError };
}

let uploads: readonly Upload[] = [];
const sources = new Map<string, { file: File; request: XMLHttpRequest | null; onDone?: () => void }>();
const listeners = new Set<() => void>();

function replace(next: readonly Upload[]): void {
  uploads = next;
  for (const listener of [...listeners]) listener();
}
const setStatus = (id: string, status: Upload['status']) =>
  replace(uploads.map((one) => (one.id === id ? { ...one, status } : one)));

function errorOf(request: XMLHttpRequest): ApiError {
  if (request.status === 0) return new ApiError(0, 'network');
  const error = (request.response as ErrorBody | null)?.error;
  return new ApiError(request.status, error?.code ?? (request.status >= 502 ? 'unavailable' : 'internal'), error?.details);
}

function send({ id, sessionId, name }: Upload): void {
  const source = sources.get(id);
  if (!source) return;
  const request = new XMLHttpRequest();
  source.request = request;
  request.open('PUT', `/api/sessions/${sessionId}/materials?name=${encodeURIComponent(name)}&id=${id}`);
  request.responseType = 'json';
  request.setRequestHeader('content-type', 'application/pdf');
  request.upload.onprogress = ({ loaded, total }) => setStatus(id, { is: 'sending', sent: total > 0 ? loaded / total : 0 });
  request.onloadend = () => {
    if (source.request !== request) return;
    source.request = null;
    if (request.status < 200 || request.status >= 300) {
      setStatus(id, { is: 'failed', error: errorOf(request) });
      return;
    }
    forget(id);
    source.onDone?.();
  };
  request.send(source.file);
}

function forget(id: string): void {
  sources.delete(id);
  replace(uploads.filter((one) => one.id !== id));
}

export const uploadStore = {
  read: (): readonly Upload[] => uploads,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  start(sessionId: string, files: readonly File[], onDone?: () => void): void {
    const started = files.map(
      (file): Upload => ({ id: crypto.randomUUID(), sessionId, name: file.name, status: { is: 'sending', sent: 0 } }),
    );
    for (const [at, { id }] of started.entries()) sources.set(id, { file: files[at] as File, request: null, onDone });
    replace([...uploads, ...started]);
    for (const one of started) send(one);
  },
  retry(id: string): void {
    const upload = uploads.find((one) => one.id === id);
    if (!upload) return;
    setStatus(id, { is: 'sending', sent: 0 });
    send(upload);
  },
  /** Also puts away one that has failed. */
  cancel(id: string): void {
    const request = sources.get(id)?.request;
    forget(id);
    request?.abort();
  },
};

/** The browser's own way to choose files; nothing happens where none is chosen. */
export function choosePdfs(onChosen: (files: File[]) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.pdf,application/pdf';
  input.multiple = true;
  input.onchange = () => onChosen([...(input.files ?? [])]);
  input.click();
}
