// Owns the dialog before asking: how one looks and sounds, which devices, and the button that sends.
import { useEffect, useId, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { DevicePickers } from '#features/devices/ui/device-pickers.tsx';
import type { DeviceStore } from '#features/devices/ui/device-store.ts';
import '#features/devices/ui/devices.css';
import type { ChosenMedia } from '#features/requests/contract.ts';
import { requestsTexts } from '#features/requests/ui/texts.ts';
import { BusyButton } from '#platform/ui/busy-button.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { OwnPicture } from './own-picture.tsx';

interface RequestDialogProps {
  devices: DeviceStore;
  /** An answer to an invitation instead of a request. */
  isInvited: boolean;
  onPreview: (wanted: ChosenMedia | null) => void;
  /** Resolves to why not; null when it was taken. */
  onSend: (chosen: ChosenMedia) => Promise<string | null>;
  onClose: () => void;
}

export function RequestDialog({ devices, isInvited, onPreview, onSend, onClose }: RequestDialogProps) {
  const t = useTexts(requestsTexts);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const snapshot = useSyncExternalStore(devices.subscribe, devices.read);
  const [wanted, setWanted] = useState<ChosenMedia>({ microphone: true, camera: true });
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // While it is still on the page: only then does the browser give the focus back.
    return () => element?.close();
  }, []);
  useEffect(() => onPreview(wanted), [wanted, onPreview]);
  useEffect(() => () => onPreview(null), [onPreview]);
  const works = (kind: 'microphone' | 'camera') => wanted[kind] && snapshot[kind].is !== 'trouble';
  const send = async () => {
    setBusy(true);
    setRefused('');
    const why = await onSend({ microphone: works('microphone'), camera: works('camera') });
    setBusy(false);
    if (why === null) onClose();
    else setRefused(why);
  };
  return (
    <dialog
      ref={dialog}
      className="dialog dialog--request"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={`${id}-title`}>{t(isInvited ? 'invitedTitle' : 'dialogTitle')}</h2>
      <p className="muted" id={`${id}-text`}>
        {t('dialogText')}
      </p>
      <OwnPicture
        store={devices}
        devices={snapshot}
        wanted={wanted}
        onToggle={(kind) => setWanted({ ...wanted, [kind]: !wanted[kind] })}
      />
      <DevicePickers store={devices} devices={snapshot} />
      <p role="alert" className="refused">
        {refused}
      </p>
      <div className="dialog-acts">
        <button type="button" className="btn" onClick={onClose}>
          {t('cancel')}
        </button>
        <BusyButton className="btn btn--primary" busy={busy} onClick={() => void send()}>
          {t(isInvited ? 'acceptInvitation' : 'send')}
        </BusyButton>
      </div>
    </dialog>
  );
}
