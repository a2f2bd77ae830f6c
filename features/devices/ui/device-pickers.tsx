// Owns the pickers of devices, with the speaker's test, and the sentence beside one whose device is missing or busy.
import { CircleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { canChooseSpeaker, playTestSound } from '#platform/media/client/sound.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PickerKind } from './device-list.ts';
import { deviceOf } from './device-list.ts';
import { rawOf } from './device-status.ts';
import type { DeviceStore, DevicesSnapshot } from './device-store.ts';
import { devicesTexts } from './texts.ts';

interface DevicePickersProps {
  store: DeviceStore;
  devices: DevicesSnapshot;
  /** Only heard from, never seen or heard themself. */
  isListener?: boolean;
}

const wordsOfTrouble = { missing: 'missing', busy: 'busy', failed: 'failed', 'look-failed': 'lookFailed' } as const;
const wordsOfSilence = { camera: 'silencedCamera', microphone: 'silencedMicrophone' } as const;
const own = ['camera', 'microphone'] as const;
const noneFound = { camera: 'noCamera', microphone: 'noMicrophone', speaker: 'systemDefault' } as const;

export function DevicePickers({ store, devices, isListener = false }: DevicePickersProps) {
  const t = useTexts(devicesTexts);
  const id = useId();
  const [playing, setPlaying] = useState(false);
  const test = async () => {
    setPlaying(true);
    await playTestSound();
    setPlaying(false);
  };
  const troubleOf = (kind: PickerKind) => {
    const status = kind === 'speaker' ? null : devices[kind];
    const trouble = status?.is === 'trouble' ? status.trouble : null;
    return trouble && Object.hasOwn(wordsOfTrouble, trouble) ? (trouble as keyof typeof wordsOfTrouble) : null;
  };
  const explanation = (kind: PickerKind): string | null => {
    const status = kind === 'speaker' ? null : devices[kind];
    if (kind !== 'speaker' && status?.is === 'on' && status.silenced) return t(wordsOfSilence[kind]);
    const trouble = troubleOf(kind);
    return trouble && t(wordsOfTrouble[trouble]);
  };
  const isBlocked = (kind: PickerKind) => {
    const status = kind === 'speaker' ? null : devices[kind];
    return status?.is === 'trouble' && (status.trouble === 'blocked' || status.trouble === 'blocked-by-system');
  };
  const picker = (kind: PickerKind) => {
    const offered = kind === 'speaker' && !canChooseSpeaker() ? [] : devices.lists[kind];
    const inUse = kind === 'speaker' ? undefined : deviceOf(offered, rawOf(devices[kind]));
    const chosen = inUse?.id ?? devices.chosen[kind];
    const words = explanation(kind);
    const isKnown = offered.some((one) => one.id === chosen);
    const none = isBlocked(kind) ? 'blockedShort' : offered.length > 0 ? 'systemDefault' : noneFound[kind];
    return (
      <>
        <select
          className="select"
          id={`${id}-${kind}`}
          value={isKnown ? chosen : ''}
          aria-describedby={words ? `${id}-${kind}-trouble` : undefined}
          onChange={(event) => void store.choose(kind, event.target.value)}
        >
          {(kind === 'speaker' || !isKnown) && <option value="">{t(none)}</option>}
          {offered.map((one, index) => (
            <option key={one.id} value={one.id}>
              {one.label || t('nameless', { number: index + 1 })}
            </option>
          ))}
        </select>
        {words && (
          <p className="error" id={`${id}-${kind}-trouble`} role="alert">
            <CircleAlert className="i i--s" aria-hidden="true" />
            <span>{words}</span>
          </p>
        )}
      </>
    );
  };
  return (
    <div className="pickers">
      {!isListener &&
        own.map((kind) => (
          <div key={kind} className="field">
            <label htmlFor={`${id}-${kind}`}>{t(kind)}</label>
            {picker(kind)}
          </div>
        ))}
      <div className="field">
        <div className="row between">
          <label className="label" htmlFor={`${id}-speaker`}>
            {t('speaker')}
          </label>
          <button type="button" className="link" onClick={test} aria-disabled={playing || undefined}>
            {t(playing ? 'testSoundPlaying' : 'testSound')}
          </button>
        </div>
        {picker('speaker')}
      </div>
    </div>
  );
}
