// Owns what the Q&A tab receives of the state. Loaded when it is first opened.
import { initialOwnQuestions } from '#features/questions/core.ts';
import { QuestionsPanel } from '#features/questions/ui/questions-panel.tsx';
import type { Directory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import type { PersonSlice } from '#session/state.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { SessionEngine } from './session-engine.ts';

interface QuestionsTabProps {
  sessionId: string;
  engine: SessionEngine;
  directory: Directory<PersonSummary>;
  isWaiting: boolean;
}

export function QuestionsTab({ sessionId, engine, directory, isWaiting }: QuestionsTabProps) {
  const { live, act } = engine;
  const self = useLive(live, ({ personId }) => personId);
  const questions = useLive(live, ({ slices }) => slices.all?.questions);
  const received = useLive(live, ({ slices }) => slices.backstage?.questions) ?? null;
  const own = useLive(live, ({ slices, personId }) => {
    const slice = personId ? (slices[`person:${personId}`] as PersonSlice | undefined) : undefined;
    return slice?.questions ?? initialOwnQuestions;
  });
  return (
    questions && (
      <QuestionsPanel
        sessionId={sessionId}
        questions={questions}
        own={own}
        received={received}
        isWaiting={isWaiting}
        self={self}
        directory={directory}
        serverNow={live.serverNow}
        act={act}
      />
    )
  );
}
