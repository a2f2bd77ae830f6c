// Owns what the bar of rooms above the picture receives of the state.
import type { Chip } from '#features/breakouts/ui/room-chips.tsx';
import { peopleIn } from '#features/breakouts/ui/room-lists.ts';
import { RoomsBar } from '#features/breakouts/ui/rooms-bar.tsx';
import { breakoutsTexts } from '#features/breakouts/ui/texts.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { SessionEngine } from './session-engine.ts';
import type { RoomsHere } from './use-rooms-here.ts';

const nobody = {};
const noCalls: readonly { room: string }[] = [];

export function RoomsAbove({ engine: { live, act }, here }: { engine: SessionEngine; here: RoomsHere }) {
  const t = useTexts(breakoutsTexts);
  const present = useLive(live, ({ slices }) => slices.all?.people.present) ?? nobody;
  const calls = useLive(live, ({ slices }) => slices.backstage?.breakouts.help) ?? noCalls;
  const { breakouts, room, mayGo } = here;
  const chips: Chip[] = [
    { room: null, name: t('mainCall'), count: peopleIn(breakouts, present, null), asksForHelp: false, isClosing: false },
    ...breakouts.rooms.map(({ id, name, closing }) => ({
      room: id,
      name,
      count: peopleIn(breakouts, present, id),
      asksForHelp: calls.some((call) => call.room === id),
      isClosing: closing !== null || breakouts.is === 'closing',
    })),
  ];
  return (
    <RoomsBar
      chips={mayGo ? chips : null}
      here={room?.id ?? null}
      leftMs={here.leftMs}
      onGo={(to) => void act('breakouts.go', { room: to })}
    />
  );
}
