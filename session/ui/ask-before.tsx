// Owns asking a Session something before one enters it: what the Program page opens beside a program point.
import { AskDialog } from '#features/questions/ui/ask-dialog.tsx';

interface AskBeforeProps {
  sessionId: string;
  title: string;
  onClose: () => void;
}

export function AskBefore({ sessionId, title, onClose }: AskBeforeProps) {
  return <AskDialog sessionId={sessionId} title={title} onClose={onClose} />;
}
