// Owns preparing a Session's materials before one enters it: what a speaker's own program points open.
import { MaterialsDialog } from '#features/materials/ui/materials-dialog.tsx';

interface MaterialsBeforeProps {
  sessionId: string;
  title: string;
  onClose: () => void;
}

export function MaterialsBefore({ sessionId, title, onClose }: MaterialsBeforeProps) {
  return <MaterialsDialog sessionId={sessionId} title={title} onClose={onClose} />;
}
