// Owns the even grid of everybody on stage, in the order in which they came: tiles keep their place when somebody joins.
import { Users } from 'lucide-react';
import { lazy, Suspense, useLayoutEffect, useRef, useState } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import type { MediaClient } from '#platform/media/client/media-client.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { OnStage } from '../contract.ts';
import { bestGrid } from './best-grid.ts';
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
  /** Why nobody is here, if there is more to say than usual. */
  emptyText?: string;
  /** For speakers: what they may do about the others. */
  direction?: StageDirection;
}

/** The same as --s-2 in tokens.css. */
const gapPx = 8;
const none: readonly string[] = [];

export function StageGrid({
  onStage,
  screens = none,
  ownScreen = null,
  self,
  directory,
  media,
  emptyText,
  direction,
}: StageGridProps) {
  const t = useTexts(stageTexts);
  const grid = useRef<HTMLDivElement>(null);
  const [space, setSpace] = useState({ width: 0, height: 0 });
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
  const { columns, tileWidth } = bestGrid(onStage.length + screens.length, space.width, space.height, gapPx);
  // Rows break after as many tiles as the grid has columns, also where a wide stage would have room for more.
  const rowWidth = columns * tileWidth + (columns - 1) * gapPx;
  return (
    <div ref={grid} className="tiles-space">
      {onStage.length === 0 ? (
        <EmptyState icon={Users} level={2} title={t('emptyTitle')} text={emptyText ?? t('emptyText')} />
      ) : (
        <div
          className="tiles"
          style={{ '--tile-width': `${tileWidth}px`, '--row-width': `${rowWidth}px` } as React.CSSProperties}
        >
          {onStage.map((one) => (
            <Tile
              key={one.person}
              one={one}
              person={people.get(one.person) ?? undefined}
              isSelf={one.person === self}
              media={media}
              direction={direction}
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
                onStop={direction && (() => direction.onStopScreen(person))}
              />
            </Suspense>
          ))}
        </div>
      )}
    </div>
  );
}
