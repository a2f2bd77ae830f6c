// Owns what the sheet "Materials" receives of the state, and asking before somebody else's presentation gives way.
import { useState } from 'react';
import type { Material } from '#features/materials/contract.ts';
import { DownloadsList } from '#features/materials/ui/downloads-list.tsx';
import { MaterialsPanel } from '#features/materials/ui/materials-panel.tsx';
import { TakeOver } from '#features/materials/ui/take-over.tsx';
import { materialsTexts } from '#features/materials/ui/texts.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { AllSlice } from '#session/state.ts';
import { presentedHere, speakersScreenHere } from './presentation.ts';
import { roomOf } from './room-view.ts';
import type { SheetProps } from './side-sheet-place.tsx';

const nobody: AllSlice['people']['present'] = {};

export function MaterialsSheet({ info, engine, directory }: SheetProps) {
  const t = useTexts(materialsTexts);
  const { live, act } = engine;
  const sessionId = info.point.id;
  const self = useLive(live, ({ personId }) => personId);
  const items = useLive(live, ({ slices }) => slices.backstage?.materials.items);
  const downloads = useLive(live, ({ slices }) => slices.all?.materials.downloads) ?? [];
  const presented = useLive(live, ({ slices, personId }) => presentedHere(slices, personId));
  const screen = useLive(live, ({ slices, personId }) => speakersScreenHere(slices, personId));
  const isInRoom = useLive(live, ({ slices, personId }) => roomOf(slices, personId) !== null);
  const phase = useLive(live, ({ slices }) => slices.all?.lifecycle.phase);
  const present = useLive(live, ({ slices }) => slices.all?.people.present) ?? nobody;
  /** What is done once somebody else's presentation may give way. */
  const [asked, setAsked] = useState<{ by: string; isStopping: boolean; go: () => void } | null>(null);
  const speakers = Object.entries(present)
    .filter(([person, as]) => as === 'speaker' && person !== self)
    .map(([person]) => person);
  const people = useDirectory(directory, [
    ...speakers,
    ...(items ?? []).map((one) => one.by),
    ...(presented ? [presented.by] : []),
    ...(screen === null ? [] : [screen]),
  ]);
  const nameOf = (person: string) => people.get(person)?.name ?? t('somebody');
  if (!items) return <DownloadsList sessionId={sessionId} downloads={downloads} />;
  const isOthers = presented !== null && presented.by !== self;
  const start = (material: Material, presenter?: string) => {
    const go = (takeOver: boolean) =>
      void act('materials.present', { material: material.id, ...(presenter && { presenter }), ...(takeOver && { takeOver }) });
    const inTheWay = screen !== self && screen !== presenter ? screen : null;
    const by = isOthers ? presented.by : inTheWay;
    if (by !== null) setAsked({ by, isStopping: false, go: () => go(true) });
    else go(false);
  };
  const stop = () => {
    // In a breakout room it belongs to all who are in it.
    if (isOthers && !isInRoom)
      setAsked({ by: presented.by, isStopping: true, go: () => void act('materials.stop', { takeOver: true }) });
    else void act('materials.stop', {});
  };
  return (
    <>
      <MaterialsPanel
        sessionId={sessionId}
        items={items}
        presented={presented}
        isBefore={phase === 'scheduled'}
        speakers={speakers.map((id) => ({ id, name: nameOf(id) }))}
        nameOf={nameOf}
        present={phase === 'scheduled' || phase === 'live' ? start : undefined}
        stop={stop}
        act={act}
      />
      {asked && (
        <TakeOver
          name={nameOf(asked.by)}
          isStopping={asked.isStopping}
          onAnswer={(yes) => {
            setAsked(null);
            if (yes) asked.go();
          }}
        />
      )}
    </>
  );
}
