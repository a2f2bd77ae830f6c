// Owns what the People tab receives of the state: only what it shows, so that a vote or a message draws nothing of it again.
import { PeoplePanel } from '#features/people/ui/people-panel.tsx';
import { stageTexts } from '#features/stage/ui/texts.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { AllSlice } from '#session/state.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { SessionEngine } from './session-engine.ts';

const nobody: AllSlice['people']['present'] = {};
const none: AllSlice['stage']['onStage'] = [];

export function PeopleTab({ engine, directory }: { engine: SessionEngine; directory: Directory<PersonSummary> }) {
  const stage = useTexts(stageTexts);
  const { live, act } = engine;
  const self = useLive(live, ({ personId }) => personId);
  const present = useLive(live, ({ slices }) => slices.all?.people.present) ?? nobody;
  const onStage = useLive(live, ({ slices }) => slices.all?.stage.onStage) ?? none;
  const lifecycle = useLive(live, ({ slices }) => slices.all?.lifecycle);
  const removed = useLive(live, ({ slices }) => slices.backstage?.people.removed);
  const moderation = removed && {
    removed: Object.keys(removed),
    onRemove: (person: string) => act('people.remove', { person }),
    onReadmit: (person: string) => act('people.readmit', { person }),
  };
  return (
    <PeoplePanel
      present={present}
      speakers={lifecycle?.speakers ?? []}
      onStage={onStage.map((one) => one.person)}
      muted={onStage.filter((one) => !one.microphone).map((one) => one.person)}
      mutedLabel={stage('microphoneOff')}
      support={lifecycle?.support ?? []}
      self={self}
      directory={directory}
      moderation={moderation}
    />
  );
}
