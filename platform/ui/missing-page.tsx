// Owns what one sees at an address where nothing is, or nothing that one may know of: the two must look the same.
import { Link } from '@tanstack/react-router';
import { DoorClosed } from 'lucide-react';
import { useDocumentTitle } from './document-title.ts';
import { EmptyState } from './empty-state.tsx';
import { partsTexts } from './parts-texts.ts';
import { useTexts } from './texts.ts';

export function MissingPage() {
  const t = useTexts(partsTexts);
  useDocumentTitle(t('missingTitle'));
  return (
    <EmptyState icon={DoorClosed} level={1} title={t('missingTitle')} text={t('missingText')}>
      <Link to="/events" className="btn btn--primary">
        {t('toEvents')}
      </Link>
    </EmptyState>
  );
}
