// Owns noticing that the person has allowed a device in the browser's own settings. Not every browser tells.
import type { DeviceKind } from './device-trouble.ts';

export function watchPermission(kind: DeviceKind, onGranted: () => void): () => void {
  let status: PermissionStatus | null = null;
  const onChange = () => status?.state === 'granted' && onGranted();
  void globalThis.navigator?.permissions
    ?.query({ name: kind as PermissionName })
    .then((found) => {
      status = found;
      found.addEventListener('change', onChange);
    })
    .catch(() => undefined);
  return () => status?.removeEventListener('change', onChange);
}
