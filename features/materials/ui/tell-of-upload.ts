// Owns telling how an upload ended where nobody sees the list of uploads, with the way there.
import type { ApiError } from '#platform/ui/api.ts';
import { errorTextOf } from '#platform/ui/error-texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import { materialsTitles } from './title.ts';

export function tellOfUpload(name: string, error: ApiError | null, open: (() => void) | undefined): void {
  const t = materialsTitles.t;
  showToast({
    tone: error ? 'error' : 'done',
    title: t(error ? 'uploadFailed' : 'uploadDone', { name }),
    ...(error && { text: errorTextOf(error) }),
    ...(open && { action: { label: t('materials'), onAction: open } }),
  });
}
