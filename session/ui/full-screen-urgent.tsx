// Owns what stays over a stage that fills the screen for those who direct: who asks to come on stage, and which room calls for help.
import type { Directory } from '#platform/live/client/directory.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { RoomHelp } from './room-help.tsx';
import type { SessionEngine } from './session-engine.ts';
import { StageRequests } from './stage-requests.tsx';

interface FullScreenUrgentProps {
  engine: SessionEngine;
  directory: Directory<PersonSummary>;
}

export function FullScreenUrgent({ engine, directory }: FullScreenUrgentProps) {
  return (
    <div className="full-urgent">
      <StageRequests engine={engine} directory={directory} isQuiet />
      <RoomHelp engine={engine} directory={directory} />
    </div>
  );
}
