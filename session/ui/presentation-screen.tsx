// Owns what a shared screen in focus receives of the state: whose it is, and who may end it.
import { useState, useSyncExternalStore } from 'react';
import { TakeOver } from '#features/materials/ui/take-over.tsx';
import { ScreenPicture } from '#features/stage/ui/screen-picture.tsx';
import { screenTexts } from '#features/stage/ui/screen-texts.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useFullScreen } from '#platform/ui/full-screen.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { Focus } from './presentation.ts';
import { peopleHere } from './room-view.ts';
import type { SessionEngine } from './session-engine.ts';

interface PresentedScreenProps {
  focus: Extract<Focus, { is: 'screen' }>;
  engine: SessionEngine;
  directory: Directory<PersonSummary>;
}

export function PresentedScreen({ focus: { person }, engine, directory }: PresentedScreenProps) {
  const t = useTexts(screenTexts);
  const { live, media, screen, act } = engine;
  const full = useFullScreen('presentation');
  const isSelf = useLive(live, ({ personId }) => personId === person);
  const mayDirect = useLive(live, ({ slices }) => slices.backstage !== undefined);
  const isGuests = useLive(
    live,
    ({ slices, personId }) => peopleHere(slices, personId).find((one) => one.person === person)?.as === 'participant',
  );
  const picture = useSyncExternalStore(screen.subscribe, () => screen.read().picture);
  const people = useDirectory(directory, [person]);
  const [isAsking, setAsking] = useState(false);
  const end = () => void act('stage.stop-screen', { person });
  const stop = isSelf ? screen.stop : isGuests ? end : () => setAsking(true);
  const name = people.get(person)?.name ?? t('somebody');
  return (
    <>
      <ScreenPicture
        key={person}
        person={person}
        name={name}
        media={media}
        own={isSelf ? picture : null}
        isFull={full.isFull}
        onFull={full.toggle}
        onAnother={isSelf ? () => void screen.share() : undefined}
        onStop={isSelf || mayDirect ? stop : undefined}
      />
      {isAsking && (
        <TakeOver
          name={name}
          isStopping
          onAnswer={(yes) => {
            setAsking(false);
            if (yes) end();
          }}
        />
      )}
    </>
  );
}
