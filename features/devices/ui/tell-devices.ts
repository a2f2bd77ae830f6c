// Owns telling the person what happened to their devices, each with the way on. Outside React; fetched when devices are in use.
import type { ToastInput } from '#platform/ui/toast-store.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import type { VoiceNews } from '../voice-watch.ts';
import type { DeviceNotice } from './device-notice.ts';
import { deviceSettings } from './device-settings.ts';
import type { DeviceStore } from './device-store.ts';
import type { DeviceKind, DeviceTrouble } from './device-trouble.ts';
import { noticeTexts } from './notice-texts.ts';

const { t } = noticeTexts;

function whyKept(trouble: DeviceTrouble) {
  if (trouble === 'busy') return t('keptBusy');
  if (trouble === 'missing') return t('keptMissing');
  return t(trouble === 'blocked' || trouble === 'blocked-by-system' ? 'keptBlocked' : 'keptFailed');
}

const whyNot = {
  blocked: 'whyBlocked',
  'blocked-by-system': 'whyBlockedBySystem',
  missing: 'whyMissing',
  busy: 'whyBusy',
} as const;

function wordsOfFailure(kind: DeviceKind, trouble: DeviceTrouble, action: ToastInput['action']): ToastInput {
  const isCamera = kind === 'camera';
  const isBlocked = trouble === 'blocked' || trouble === 'blocked-by-system';
  const blocked = isCamera ? 'blockedCamera' : 'blockedMicrophone';
  const failed = isCamera ? 'failedCamera' : 'failedMicrophone';
  const why = Object.hasOwn(whyNot, trouble) ? whyNot[trouble as keyof typeof whyNot] : 'whyFailed';
  return { tone: 'error', title: t(isBlocked ? blocked : failed), text: t(why), action };
}

function wordsOf(notice: DeviceNotice, store: DeviceStore, settings: ToastInput['action']): ToastInput {
  switch (notice.is) {
    case 'kept': {
      const title = t(notice.kind === 'camera' ? 'keptCamera' : 'keptMicrophone');
      return { tone: 'error', title, text: whyKept(notice.trouble) };
    }
    case 'unplugged': {
      const title = t(notice.kind === 'camera' ? 'goneCamera' : 'goneMicrophone');
      const text = notice.now ? t('goneNow', { label: notice.now }) : t('goneNone');
      return { tone: 'wait', title, text, action: settings };
    }
    case 'lost':
      return wordsOfFailure(notice.kind, notice.trouble, settings);
    case 'arrived': {
      const onAction = () => {
        for (const { kind, id } of notice.devices) void store.choose(kind, id);
      };
      return {
        title: t('arrived', { label: notice.label }),
        text: t('arrivedText'),
        action: { label: t('useIt'), onAction },
      };
    }
    case 'silenced': {
      const isCamera = notice.kind === 'camera';
      const title = t(isCamera ? 'silencedCamera' : 'silencedMicrophone');
      return { tone: 'wait', title, text: t(isCamera ? 'silencedCameraText' : 'silencedMicrophoneText'), action: settings };
    }
    case 'look-failed':
      return { tone: 'error', title: t('lookFailed'), text: t('lookFailedText') };
    case 'look-too-slow':
      return { tone: 'wait', title: t('tooSlow'), text: t('tooSlowText') };
  }
}

/** `onSettings`: where there is a place to choose devices other than the one before one's eyes. */
export function tellDevices(store: DeviceStore, onSettings?: () => void): () => void {
  const settings = onSettings && { label: t('settings'), onAction: onSettings };
  return store.onNotice((notice) => showToast(wordsOf(notice, store, settings)));
}

/** It was to be switched on, and others see it as off. */
export function tellFailed(kind: DeviceKind, trouble: DeviceTrouble, onSettings: () => void): void {
  showToast(wordsOfFailure(kind, trouble, { label: t('settings'), onAction: onSettings }));
}

export function tellVoice(news: VoiceNews, ways: { onUnmute: () => void; onSettings: () => void }): void {
  if (news === 'no-sound') {
    const action = { label: t('settings'), onAction: ways.onSettings };
    showToast({ tone: 'wait', title: t('noSound'), text: t('noSoundText'), action });
    return;
  }
  const { keys, holdToTalk } = deviceSettings.read();
  const text = t(keys && holdToTalk ? 'speaksMutedKey' : 'speaksMutedText');
  showToast({ tone: 'wait', title: t('speaksMuted'), text, action: { label: t('unmute'), onAction: ways.onUnmute } });
}
