// Owns everybody on stage, in the order in which they came: tiles keep their place when somebody joins. Even, or one large that is pinned for oneself alone.
import { Users } from 'lucide-react';
import { lazy, Suspense, useLayoutEffect, useRef, useState } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import type { MediaClient } from '#platform/media/client/media-client.ts';
import { screenPlace } from '#platform/media/client/people-on-screen.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { OnStage } from '../contract.ts';
import { bestGrid, pinnedGrid } from './best-grid.ts';
import { stageTexts } from './texts.ts';
import { Tile } from './tile.tsx';
import type { StageDirection } from './tile-actions.tsx';

const ScreenTile = lazy(async () => ({ default: (await import('./screen-tile.tsx')).ScreenTile }));

interface StageGridProps {
  onStage: readonly OnStage[];
  self: string | null;
  directory: Directory<PersonSummary>;
  media: MediaClient;
  /** Whose screens are shown among the people. */
  screens?: readonly string[];
  /** What I send of my own. */
  ownScreen?: MediaStreamTrack | null;
  /** Something stands beside them that is large already. */
  isStrip: boolean;
  /** Why nobody is here, if there is more to say than usual. */
  emptyText?: string;
  /** For speakers: what they may do about the others. */
  direction?: StageDirection;
  /** Where advice about one's own poor connection stands. */
  onAdvice: () => void;
}

/** The same as --s-2 in tokens.css. */
const gapPx = 8;
const none: readonly string[] = [];

interface Space {
  width: number;
  height: number;
}

function looksOf(count: number, isPinned: boolean, { width, height }: Space): { className: string; style: React.CSSProperties } {
  const pinned = isPinned ? pinnedGrid(count - 1, width, height, gapPx) : null;
  const { columns, tileWidth } = pinned ?? bestGrid(count, width, height, gapPx);
  // Rows break after as many tiles as the grid has columns, also where a wide stage would have room for more.
  const rowWidth = columns * tileWidth + (columns - 1) * gapPx;
  const sizes = { '--tile-width': `${tileWidth}px`, '--row-width': `${rowWidth}px`, '--space-height': `${height}px` };
  if (!pinned) return { className: 'tiles', style: sizes as React.CSSProperties };
  const style = { ...sizes, '--pinned-width': `${pinned.pinnedWidth}px`, '--columns': columns, '--rows': Math.max(1, count - 1) };
  return { className: `tiles tiles--pinned tiles--${pinned.isBeside ? 'beside' : 'below'}`, style: style as React.CSSProperties };
}

export function StageGrid(props: StageGridProps) {
  const { onStage, screens = none, ownScreen = null, self, directory, media, isStrip, emptyText, direction, onAdvice } = props;
  const t = useTexts(stageTexts);
  const grid = useRef<HTMLDivElement>(null);
  const [space, setSpace] = useState<Space>({ width: 0, height: 0 });
  const [pinned, setPinned] = useState<string | null>(null);
  useLayoutEffect(() => {
    const element = grid.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSpace({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const people = useDirectory(
    directory,
    onStage.map((one) => one.person),
  );
  const places = [...onStage.map((one) => one.person), ...screens.map(screenPlace)];
  // Alone, one is as large as can be already.
  const mayPin = places.length > 1 || isStrip;
  const pinning = (place: string) =>
    mayPin ? { isPinned: place === pinned, onPin: () => setPinned(place === pinned ? null : place) } : undefined;
  const isPinned = mayPin && pinned !== null && places.includes(pinned);
  return (
    <div ref={grid} className="tiles-space">
      {onStage.length === 0 ? (
        <EmptyState icon={Users} level={2} title={t('emptyTitle')} text={emptyText ?? t('emptyText')} />
      ) : (
        <div {...looksOf(places.length, isPinned, space)}>
          {onStage.map((one) => (
            <Tile
              key={one.person}
              one={one}
              person={people.get(one.person) ?? undefined}
              isSelf={one.person === self}
              media={media}
              pinning={pinning(one.person)}
              direction={direction}
              onAdvice={onAdvice}
            />
          ))}
          {screens.map((person) => (
            <Suspense key={person} fallback={<div className="tile" aria-busy="true" />}>
              <ScreenTile
                person={person}
                name={people.get(person)?.name ?? t('unknown')}
                isSelf={person === self}
                own={person === self ? ownScreen : null}
                media={media}
                pinning={pinning(screenPlace(person))}
                onStop={direction && (() => direction.onStopScreen(person))}
              />
            </Suspense>
          ))}
        </div>
      )}
    </div>
  );
}
