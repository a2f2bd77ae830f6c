// Owns the bar above the stage: the way back, the title, whether it is live, how many are here, and a speaker's start and end.
import { Link } from '@tanstack/react-router';
import { ChevronLeft, Users } from 'lucide-react';
import type { LifecycleState } from '#features/lifecycle/contract.ts';
import { EndSession } from '#features/lifecycle/ui/end-session.tsx';
import { LiveStatus } from '#features/lifecycle/ui/live-status.tsx';
import { StartSession } from '#features/lifecycle/ui/start-session.tsx';
import { peopleTexts } from '#features/people/ui/texts.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { EntranceInfo } from '#shell/events/contract.ts';
import { sessionTexts } from './texts.ts';

interface TopBarProps {
  info: EntranceInfo;
  /** Undefined until the state has arrived. */
  lifecycle: LifecycleState | undefined;
  present: number;
  /** Only for speakers. */
  mayDirect: boolean;
  serverNow: () => number;
  act: (type: string, body: Record<string, unknown>) => Promise<boolean>;
}

export function TopBar({ info, lifecycle, present, mayDirect, serverNow, act }: TopBarProps) {
  const t = useTexts(sessionTexts);
  const p = useTexts(peopleTexts);
  const format = useFormat();
  const { event, point } = info;
  const label = p('present', { count: present });
  return (
    <header className="top">
      <Link
        to="/events/$slug"
        params={{ slug: event.slug }}
        className="btn btn--quiet back"
        aria-label={t('backTo', { event: event.title })}
      >
        <ChevronLeft className="i" aria-hidden="true" />
        {event.title}
      </Link>
      <span className="sep" />
      <h1 className="cut" dir="auto" title={point.title}>
        {point.title}
      </h1>
      <div className="end">
        {lifecycle && (mayDirect || lifecycle.phase === 'live') && <LiveStatus lifecycle={lifecycle} serverNow={serverNow} />}
        {/* Not read out at each change: people come and go all the time. */}
        <output className="stat" aria-label={label} aria-live="off" title={label}>
          <Users className="i" aria-hidden="true" />
          {format.number(present)}
        </output>
        {mayDirect && lifecycle?.phase === 'scheduled' && (
          <StartSession lifecycle={lifecycle} serverNow={serverNow} onStart={() => act('lifecycle.start', {})} />
        )}
        {mayDirect && lifecycle?.phase === 'live' && <EndSession present={present} onEnd={() => act('lifecycle.end', {})} />}
      </div>
    </header>
  );
}
