// Owns asking before what somebody else presents is replaced or stopped.
import { AlertDialog } from '#platform/ui/alert-dialog.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { materialsTexts } from './texts.ts';

interface TakeOverProps {
  /** Who presents. */
  name: string;
  isStopping?: boolean;
  onAnswer: (yes: boolean) => void;
}

export function TakeOver({ name, isStopping = false, onAnswer }: TakeOverProps) {
  const t = useTexts(materialsTexts);
  return (
    <AlertDialog
      isOpen
      title={t('presentsAlready', { name })}
      text={t(isStopping ? 'stopText' : 'takeOverText')}
      confirmLabel={t(isStopping ? 'stop' : 'takeOver')}
      cancelLabel={t('cancel')}
      onConfirm={() => onAnswer(true)}
      onCancel={() => onAnswer(false)}
    />
  );
}
