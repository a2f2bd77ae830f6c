// Owns joining the engine to this page: addresses, the tab's memory, the words for what was refused.
import type { DeviceStore } from '#features/devices/ui/device-store.ts';
import { liveSocketPath } from '#platform/live/protocol.ts';
import { errorText } from '#platform/ui/error-texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import type { EntranceInfo } from '#shell/events/contract.ts';
import type { Entry } from './entry-memory.ts';
import { keepEntry, reloadOnce } from './entry-memory.ts';
import { SessionEngine } from './session-engine.ts';
import { sideSheet } from './side-sheet.ts';
import { sessionTexts } from './texts.ts';

export function openEngine(info: EntranceInfo, entry: Entry, devices: DeviceStore): SessionEngine {
  const sessionId = info.point.id;
  const { t } = sessionTexts;
  return new SessionEngine({
    sessionId,
    liveUrl: `${location.origin.replace(/^http/, 'ws')}${liveSocketPath}`,
    mediaUrl: `${location.origin}/media/${sessionId}`,
    entry,
    devices,
    isLive: info.point.phase === 'live',
    onEntryChanged: (changed) => keepEntry(sessionId, changed),
    onTooOld: reloadOnce,
    onTrouble(trouble) {
      if ('device' in trouble) {
        const { device, why } = trouble;
        const openSettings = () => sideSheet.open('settings');
        void import('#features/devices/ui/tell-devices.ts').then(({ tellFailed }) => tellFailed(device, why, openSettings));
      } else if ('screen' in trouble) {
        const isFailed = trouble.screen === 'failed';
        const title = t(isFailed ? 'screenFailed' : 'screenEnded');
        showToast({ tone: isFailed ? 'error' : 'plain', title, text: isFailed ? t('screenFailedText') : undefined });
      } else showToast({ tone: 'error', title: errorText(trouble.code, trouble.details) });
    },
  });
}
