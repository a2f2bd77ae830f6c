// Owns the one modal question: confirming what cannot be taken back. The browser's own dialog keeps the focus inside and gives it back.
import { useEffect, useId, useRef } from 'react';
import { BusyButton } from './busy-button.tsx';

interface AlertDialogProps {
  isOpen: boolean;
  title: string;
  text?: string;
  confirmLabel: string;
  cancelLabel: string;
  busy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

export function AlertDialog({
  isOpen,
  title,
  text,
  confirmLabel,
  cancelLabel,
  busy = false,
  onConfirm,
  onCancel,
}: AlertDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (isOpen && element && !element.open) element.showModal();
    if (!isOpen && element?.open) element.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={text ? `${id}-text` : undefined}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      {isOpen && (
        <>
          <h2 id={`${id}-title`}>{title}</h2>
          {text && (
            <p className="muted" id={`${id}-text`}>
              {text}
            </p>
          )}
          <div className="dialog-acts">
            {/* biome-ignore lint/a11y/noAutofocus: in a modal question the focus belongs on the answer that changes nothing. */}
            <button type="button" className="btn" autoFocus onClick={onCancel}>
              {cancelLabel}
            </button>
            <BusyButton className="btn btn--end" busy={busy} onClick={onConfirm}>
              {confirmLabel}
            </BusyButton>
          </div>
        </>
      )}
    </dialog>
  );
}
