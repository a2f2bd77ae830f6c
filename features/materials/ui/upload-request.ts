// Owns sending one file as browsers can: with how much of it is on its way, and the reason when it is not taken.
import type { ErrorBody } from '#platform/errors/app-error.ts';
import { ApiError } from '#platform/ui/api.ts';

export interface UploadRequest {
  /** Null: taken. */
  answer: Promise<ApiError | null>;
  abort(): void;
}
/** `onSent`: from 0 to 1. */
export type SendFile = (address: string, file: Blob, onSent: (sent: number) => void) => UploadRequest;

const gatewayError = 502;

function errorOf(request: XMLHttpRequest): ApiError | null {
  if (request.status >= 200 && request.status < 300) return null;
  if (request.status === 0) return new ApiError(0, 'network');
  const error = (request.response as ErrorBody | null)?.error;
  const unnamed = request.status >= gatewayError ? 'unavailable' : 'internal';
  return new ApiError(request.status, error?.code ?? unnamed, error?.details);
}

export const sendFile: SendFile = (address, file, onSent) => {
  const request = new XMLHttpRequest();
  request.open('PUT', address);
  request.responseType = 'json';
  request.setRequestHeader('content-type', 'application/pdf');
  request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0);
  const answer = new Promise<ApiError | null>((resolve) => {
    request.onloadend = () => resolve(errorOf(request));
  });
  request.send(file);
  return { answer, abort: () => request.abort() };
};
