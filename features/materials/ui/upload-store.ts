// Owns uploads on their way: a few at once, the others wait; they go on while one does something else, can be cancelled, and say why they failed. Outside React.
import type { ApiError } from '#platform/ui/api.ts';
import { tellOfUpload } from './tell-of-upload.ts';
import type { SendFile, UploadRequest } from './upload-request.ts';
import { sendFile } from './upload-request.ts';

export interface Upload {
  /** The material's id to be: trying again adds it once. */
  id: string;
  sessionId: string;
  name: string;
  bytes: number;
  /** `waiting`: for its turn, or because the server asked for it. `sent`: from 0 to 1; at 1 the server reads it. */
  status: { is: 'waiting' } | { is: 'sending'; sent: number } | { is: 'failed'; error: ApiError };
}

interface Source {
  file: File;
  request: UploadRequest | null;
  onDone?: () => void;
}

export interface UploadStoreParts {
  send: SendFile;
  /** Nobody sees the list. `open`: shows it, where there is a way to. */
  tell: (name: string, error: ApiError | null, open: (() => void) | undefined) => void;
  /** Leaving the page now would break something off. */
  hold: (isBusy: boolean) => void;
}

/** The server takes three of one person at once: one's other window has a turn too. */
const mostAtOnce = 2;
const usualPauseSeconds = 10;
const tooManyRequests = 429;

export class UploadStore {
  readonly #parts: UploadStoreParts;
  #uploads: readonly Upload[] = [];
  readonly #sources = new Map<string, Source>();
  readonly #listeners = new Set<() => void>();
  /** How often the list of a Session's uploads is seen, and how it is opened where it is not. */
  readonly #seen = new Map<string, number>();
  readonly #places = new Map<string, () => void>();
  /** Bytes of those that are done since nothing was on its way. */
  readonly #done = new Map<string, number>();
  #pause: ReturnType<typeof setTimeout> | null = null;

  constructor(parts: UploadStoreParts) {
    this.#parts = parts;
  }

  readonly read = (): readonly Upload[] => this.#uploads;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Of all that is on its way for the Session, in whole percent; null: nothing is. */
  percent(sessionId: string): number | null {
    const all = this.#underWay(sessionId);
    if (all.length === 0) return null;
    const before = this.#done.get(sessionId) ?? 0;
    const whole = all.reduce((sum, one) => sum + one.bytes, before);
    const sent = all.reduce((sum, { bytes, status }) => sum + (status.is === 'sending' ? bytes * status.sent : 0), before);
    return whole > 0 ? Math.floor((sent / whole) * 100) : 0;
  }

  /** Somebody sees the list, until what is answered is called. */
  watch(sessionId: string): () => void {
    this.#seen.set(sessionId, (this.#seen.get(sessionId) ?? 0) + 1);
    return () => this.#seen.set(sessionId, (this.#seen.get(sessionId) ?? 1) - 1);
  }

  /** How the list is opened, until what is answered is called. */
  place(sessionId: string, open: () => void): () => void {
    this.#places.set(sessionId, open);
    return () => {
      if (this.#places.get(sessionId) === open) this.#places.delete(sessionId);
    };
  }

  start(sessionId: string, files: readonly File[], onDone?: () => void): void {
    const started = files.map((file): [Upload, File] => [
      { id: crypto.randomUUID(), sessionId, name: file.name, bytes: file.size, status: { is: 'waiting' } },
      file,
    ]);
    for (const [{ id }, file] of started) this.#sources.set(id, { file, request: null, onDone });
    this.#replace([...this.#uploads, ...started.map(([upload]) => upload)]);
    this.#sendNext();
  }

  retry(id: string): void {
    this.#setStatus(id, { is: 'waiting' });
    this.#sendNext();
  }

  /** Also puts away one that has failed. */
  cancel(id: string): void {
    const source = this.#sources.get(id);
    const request = source?.request;
    if (source) source.request = null;
    this.#forget(id);
    request?.abort();
    this.#sendNext();
  }

  #underWay(sessionId?: string): Upload[] {
    return this.#uploads.filter((one) => one.status.is !== 'failed' && (sessionId === undefined || one.sessionId === sessionId));
  }

  #replace(next: readonly Upload[]): void {
    this.#uploads = next;
    for (const sessionId of this.#done.keys()) if (this.#underWay(sessionId).length === 0) this.#done.delete(sessionId);
    this.#parts.hold(this.#underWay().length > 0);
    for (const listener of [...this.#listeners]) listener();
  }

  #setStatus(id: string, status: Upload['status']): void {
    this.#replace(this.#uploads.map((one) => (one.id === id ? { ...one, status } : one)));
  }

  #forget(id: string): void {
    this.#sources.delete(id);
    this.#replace(this.#uploads.filter((one) => one.id !== id));
  }

  #sendNext(): void {
    if (this.#pause) return;
    const free = mostAtOnce - this.#uploads.filter((one) => one.status.is === 'sending').length;
    for (const one of this.#uploads.filter(({ status }) => status.is === 'waiting').slice(0, free)) this.#begin(one);
  }

  #begin(upload: Upload): void {
    const { id, sessionId, name } = upload;
    const source = this.#sources.get(id);
    if (!source) return;
    this.#setStatus(id, { is: 'sending', sent: 0 });
    const address = `/api/sessions/${sessionId}/materials?name=${encodeURIComponent(name)}&id=${id}`;
    const onSent = (sent: number) => source.request === request && this.#setStatus(id, { is: 'sending', sent });
    const request = this.#parts.send(address, source.file, onSent);
    source.request = request;
    void request.answer.then((error) => {
      // Cancelled meanwhile.
      if (source.request !== request) return;
      source.request = null;
      if (error?.status === tooManyRequests) this.#waitAsAsked(id, error);
      else this.#settle(upload, source, error);
      this.#sendNext();
    });
  }

  #settle({ id, sessionId, name, bytes }: Upload, { onDone }: Source, error: ApiError | null): void {
    if (error) this.#setStatus(id, { is: 'failed', error });
    else {
      this.#done.set(sessionId, (this.#done.get(sessionId) ?? 0) + bytes);
      this.#forget(id);
      onDone?.();
    }
    if (!this.#seen.get(sessionId)) this.#parts.tell(name, error, this.#places.get(sessionId));
  }

  #waitAsAsked(id: string, { details }: ApiError): void {
    this.#setStatus(id, { is: 'waiting' });
    if (this.#pause) clearTimeout(this.#pause);
    const resume = () => {
      this.#pause = null;
      this.#sendNext();
    };
    this.#pause = setTimeout(resume, Number(details.retryAfterSeconds ?? usualPauseSeconds) * 1000);
  }
}

const ask = (event: BeforeUnloadEvent) => event.preventDefault();

export const uploadStore = new UploadStore({
  send: sendFile,
  tell: tellOfUpload,
  hold: (isBusy) => (isBusy ? addEventListener : removeEventListener)('beforeunload', ask),
});

/** The browser's own way to choose files; nothing happens where none is chosen. */
export function choosePdfs(onChosen: (files: File[]) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.pdf,application/pdf';
  input.multiple = true;
  input.onchange = () => onChosen([...(input.files ?? [])]);
  input.click();
}
