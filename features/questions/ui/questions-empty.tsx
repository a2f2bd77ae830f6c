// Owns what a list says while there is nothing in it.
import { MessageCircleQuestion } from 'lucide-react';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { QuestionsTab } from './questions-head.tsx';
import { questionsTexts } from './texts.ts';

interface QuestionsEmptyProps {
  tab: QuestionsTab;
  isSearching: boolean;
  hasAnswered: boolean;
}

export function QuestionsEmpty({ tab, isSearching, hasAnswered }: QuestionsEmptyProps) {
  const t = useTexts(questionsTexts);
  const words = () => {
    if (isSearching) return [t('noMatch'), t('noMatchText')];
    if (tab === 'waiting') return [t('emptyWaiting'), t('emptyWaitingText')];
    if (tab === 'answered') return [t('emptyAnswered'), t('emptyAnsweredText')];
    return hasAnswered ? [t('emptyAllAnswered')] : [t('emptyOpen'), t('emptyOpenText')];
  };
  const [title = '', text] = words();
  return <EmptyState icon={MessageCircleQuestion} level={2} title={title} text={text} />;
}
