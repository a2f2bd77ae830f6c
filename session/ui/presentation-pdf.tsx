// Owns what the viewer of a presented PDF receives of the state: who turns its pages, and who may stop it.
import { useState } from 'react';
import { deviceSettings } from '#features/devices/ui/device-settings.ts';
import { PdfViewer } from '#features/materials/ui/pdf-viewer.tsx';
import { TakeOver } from '#features/materials/ui/take-over.tsx';
import { materialsTexts } from '#features/materials/ui/texts.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { Focus } from './presentation.ts';
import { roomOf } from './room-view.ts';
import type { SessionEngine } from './session-engine.ts';

interface PresentedPdfProps {
  focus: Extract<Focus, { is: 'pdf' }>;
  sessionId: string;
  engine: SessionEngine;
  directory: Directory<PersonSummary>;
}

const areKeysOn = () => deviceSettings.read().keys;

export function PresentedPdf({ focus, sessionId, engine, directory }: PresentedPdfProps) {
  const t = useTexts(materialsTexts);
  const { live, act } = engine;
  const { presented, material } = focus;
  const self = useLive(live, ({ personId }) => personId);
  const isInRoom = useLive(live, ({ slices, personId }) => roomOf(slices, personId) !== null);
  const mayDirect = useLive(live, ({ slices }) => slices.backstage !== undefined);
  const people = useDirectory(directory, [presented.by]);
  const [isAsking, setAsking] = useState(false);
  const isMine = presented.by === self;
  const stop = () => {
    // In a breakout room it belongs to all who are in it.
    if (isMine || isInRoom) void act('materials.stop', {});
    else setAsking(true);
  };
  return (
    <>
      <PdfViewer
        key={material.id}
        material={material}
        page={presented.page}
        address={`/api/sessions/${sessionId}/materials/${material.id}`}
        mayTurn={isMine || isInRoom}
        areKeysOn={areKeysOn}
        onTurn={(page) => act('materials.turn', { page })}
        onStop={mayDirect ? stop : undefined}
      />
      {isAsking && (
        <TakeOver
          name={people.get(presented.by)?.name ?? t('somebody')}
          isStopping
          onAnswer={(yes) => {
            setAsking(false);
            if (yes) void act('materials.stop', { takeOver: true });
          }}
        />
      )}
    </>
  );
}
