// Owns the list of what comes next in the featured event while nothing is live. Not knowing it is no loss: the list stays empty.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dayKey } from '#platform/ui/format.ts';
import { useFormat, useTimeZone } from '#platform/ui/viewer.ts';
import { eventQuery } from './event-queries.ts';
import { PointLogo } from './point-logo.tsx';
import { comingUp, inOrder } from './program-view.ts';

const shown = 3;

export function HeroNext({ slug, now }: { slug: string; now: number }) {
  const format = useFormat();
  const zone = useTimeZone();
  const { data } = useQuery(eventQuery(slug));
  const today = dayKey(new Date(now).toISOString(), zone);
  return (
    <ul className="nowlist">
      {comingUp(inOrder(data?.program ?? []), now)
        .slice(0, shown)
        .map((point) => (
          <li key={point.id}>
            <PointLogo point={point} small />
            <Link to="/sessions/$sessionId" params={{ sessionId: point.id }} className="grow cut plain">
              {point.title}
            </Link>
            <time className="nowlist-when num" dateTime={point.startsAt}>
              {dayKey(point.startsAt, zone) !== today && `${format.day(point.startsAt)}, `}
              {format.time(point.startsAt)}
            </time>
          </li>
        ))}
    </ul>
  );
}
