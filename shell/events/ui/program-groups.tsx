// Owns a list of program points with their times at the side; the times stay in sight while their points pass.
import { useFormat } from '#platform/ui/viewer.ts';
import type { ProgramPoint } from '#shell/events/contract.ts';
import { ProgramRow } from './program-row.tsx';
import { byTime } from './program-view.ts';

interface ProgramGroupsProps {
  /** In order. */
  points: readonly ProgramPoint[];
  /** Where no heading says the day, it stands below each time. */
  withDay?: boolean;
  /** Absent where the list itself says it. */
  withMine?: boolean;
}

export function ProgramGroups({ points, withDay = false, withMine = true }: ProgramGroupsProps) {
  const format = useFormat();
  return (
    <>
      {byTime(points).map((group) => (
        <div className={withDay ? 'program-group program-group--dated' : 'program-group'} key={group.startsAt}>
          <p className={group.points.every((point) => point.phase === 'ended') ? 'time quiet' : 'time'}>
            <time dateTime={group.startsAt}>{format.time(group.startsAt)}</time>
            {withDay && <span className="time-day">{format.day(group.startsAt)}</span>}
          </p>
          <div>
            {group.points.map((point) => (
              <ProgramRow key={point.id} point={point} withMine={withMine} />
            ))}
          </div>
        </div>
      ))}
    </>
  );
}
