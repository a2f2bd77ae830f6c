// Owns the question before another's screen or material ends for mine.
import { lazy, Suspense, useSyncExternalStore } from 'react';
import { screenTexts } from '#features/stage/ui/screen-texts.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { SessionEngine } from './session-engine.ts';

const TakeOver = lazy(async () => ({ default: (await import('#features/materials/ui/take-over.tsx')).TakeOver }));
const nobody: readonly string[] = [];

export function ScreenQuestion({ engine, directory }: { engine: SessionEngine; directory: Directory<PersonSummary> }) {
  const { screen } = engine;
  const asks = useSyncExternalStore(screen.subscribe, () => screen.read().asks);
  const people = useDirectory(directory, asks === null ? nobody : [asks]);
  if (asks === null) return null;
  return (
    <Suspense fallback={null}>
      <TakeOver name={people.get(asks)?.name ?? screenTexts.t('somebody')} onAnswer={(yes) => void screen.answer(yes)} />
    </Suspense>
  );
}
