// Owns the tabs of an event. Each is an address of its own: they can be opened in a new window, bookmarked, and gone back to.
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { Globe } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useEffect } from 'react';
import { tabKey } from '#platform/ui/tabs.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { EventDetail } from '#shell/events/contract.ts';
import { mineAhead } from './program-view.ts';
import { isOfSupportTeam, supportWaitingQuery } from './support-waiting.ts';
import { eventsTexts } from './texts.ts';

const tabs = [
  { label: 'lobby', to: '/events/$slug' },
  { label: 'program', to: '/events/$slug/program' },
  { label: 'mySchedule', to: '/events/$slug/schedule' },
  { label: 'companies', to: '/events/$slug/companies' },
  { label: 'support', to: '/events/$slug/support' },
] as const;

function moveAlong(event: KeyboardEvent<HTMLElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
  const index = links.indexOf(document.activeElement as HTMLElement);
  const next = tabKey(event, index, links.length);
  const link = next === null ? undefined : links[next];
  if (index < 0 || !link) return;
  event.preventDefault();
  link.focus();
  link.click();
}

export function EventTabs({ event }: { event: EventDetail }) {
  const t = useTexts(eventsTexts);
  const format = useFormat();
  const path = useRouterState({ select: (state) => state.location.pathname.replace(/\/$/, '') });
  const mayHelp = isOfSupportTeam(event);
  const { data: waiting = 0 } = useQuery(supportWaitingQuery(event));
  const current = tabs.findLast(({ to }) => {
    const address = to.replace('$slug', encodeURIComponent(event.slug));
    return path === address || path.startsWith(`${address}/`);
  });
  // On a phone the row is wider than the screen.
  useEffect(() => {
    if (current) document.getElementById('event-tab-current')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  const mine = mineAhead(event.program);
  return (
    <div className="event-tabs">
      <div className="tabs" role="tablist" aria-label={t('eventPages')} onKeyDown={moveAlong}>
        {tabs
          .filter(({ label }) => label !== 'support' || mayHelp)
          .map(({ label, to }) => (
            <Link
              key={label}
              to={to}
              params={{ slug: event.slug }}
              id={current?.label === label ? 'event-tab-current' : undefined}
              className="tab"
              role="tab"
              aria-selected={current?.label === label}
              aria-controls={current?.label === label ? 'event-panel' : undefined}
              tabIndex={current?.label === label ? 0 : -1}
            >
              {t(label)}
              {label === 'mySchedule' && mine > 0 && <span className="badge">{format.number(mine)}</span>}
              {label === 'support' && waiting > 0 && <span className="badge badge--wait">{format.number(waiting)}</span>}
            </Link>
          ))}
      </div>
      <span className="grow" />
      <span className="quiet event-zone">
        <Globe className="i i--s" aria-hidden="true" />
        {t('timesIn', { zone: format.zoneAt(event.startsAt) })}
      </span>
    </div>
  );
}
