// Owns preparing a Session's materials before one enters it: what a speaker's own program points open.
import { useEffect } from 'react';
import { MaterialsDialog } from '#features/materials/ui/materials-dialog.tsx';
import { uploadStore } from '#features/materials/ui/upload-store.ts';

interface MaterialsBeforeProps {
  sessionId: string;
  title: string;
  isOpen: boolean;
  onOpen: () => void;
  onClose: () => void;
}

export function MaterialsBefore({ sessionId, title, isOpen, onOpen, onClose }: MaterialsBeforeProps) {
  useEffect(() => uploadStore.place(sessionId, onOpen), [sessionId, onOpen]);
  return isOpen && <MaterialsDialog sessionId={sessionId} title={title} onClose={onClose} />;
}
