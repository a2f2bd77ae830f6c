// Owns what a Session hands to the support sheet, which stands in place of its tabs: who asks to come on stage, which room calls for help, and how the call is.
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import type { Surroundings } from '#features/support/ui/surroundings.ts';
import { SupportSurroundings } from '#features/support/ui/surroundings.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { RoomHelp } from './room-help.tsx';
import type { SessionEngine } from './session-engine.ts';
import { StageRequests } from './stage-requests.tsx';

interface SupportAroundProps {
  engine: SessionEngine;
  directory: Directory<PersonSummary>;
  /** What is urgent is shown elsewhere now. */
  isFull: boolean;
  children: ReactNode;
}

export function SupportAround({ engine, directory, isFull, children }: SupportAroundProps) {
  const surroundings = useMemo(
    (): Surroundings => ({
      urgent: isFull ? null : (
        <>
          <StageRequests engine={engine} directory={directory} />
          <RoomHelp engine={engine} directory={directory} />
        </>
      ),
      readCall() {
        const { status, poor, soundBlocked } = engine.media.read();
        const self = engine.live.read().personId;
        const quality = status.is !== 'connected' ? 'unknown' : self && poor.has(self) ? 'poor' : 'good';
        return { state: status.is, quality, soundBlocked };
      },
    }),
    [engine, directory, isFull],
  );
  return <SupportSurroundings value={surroundings}>{children}</SupportSurroundings>;
}
