// Owns which face of a Session one sees: its entrance, the inside, or why it is closed.
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { DoorClosed } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCallback, useEffect, useRef, useState, useTransition } from 'react';
import { keepBackground, openBackground, rememberedBackground } from '#features/backgrounds/ui/background-filter.ts';
import { DeviceStore } from '#features/devices/ui/device-store.ts';
import type { SupportPlace } from '#features/support/contract.ts';
import { useAccent } from '#platform/ui/accent.ts';
import { Failure } from '#platform/ui/failure.tsx';
import { PageFrame } from '#platform/ui/page-frame.tsx';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { ClosedPage } from './closed-page.tsx';
import type { Departure } from './departure.ts';
import { EndedPage } from './ended-page.tsx';
import { Entrance } from './entrance.tsx';
import { entranceQuery } from './entrance-query.ts';
import type { Entry } from './entry-memory.ts';
import { keepEntry, recallEntry } from './entry-memory.ts';
import { arrivedInside, fetchAhead, fetchInside } from './fetch-ahead.ts';
import type { SessionEngine } from './session-engine.ts';
import { SessionSupport } from './session-support.tsx';
import { sessionTexts } from './texts.ts';

/** The inside is drawn this long after the click, answered or not. */
const drawWithinMs = 300;

function recallVisit(sessionId: string): Entry | null {
  const entry = recallEntry(sessionId);
  if (entry) fetchAhead();
  return entry;
}

/** What draws the inside, fetched when it is not there yet. An error is the router's to show. */
function useInside(isInside: boolean) {
  const [failure, setFailure] = useState<unknown>(null);
  const [, setArrived] = useState(false);
  const arrived = arrivedInside();
  useEffect(() => {
    if (!isInside || arrived) return;
    fetchInside().then(() => setArrived(true), setFailure);
  }, [isInside, arrived]);
  if (failure) throw failure;
  return arrived?.Inside ?? null;
}

function useDevices(): DeviceStore | null {
  const [devices, setDevices] = useState<DeviceStore | null>(null);
  useEffect(() => {
    const made = new DeviceStore(undefined, {
      openFilter: openBackground,
      look: rememberedBackground(),
      keepLook: keepBackground,
    });
    setDevices(made);
    return () => made.stop();
  }, []);
  return devices;
}

export function SessionVisit({ sessionId }: { sessionId: string }) {
  const t = useTexts(sessionTexts);
  const navigate = useNavigate();
  const [entry, setEntry] = useState<Entry | null>(() => recallVisit(sessionId));
  // Opened by the click itself, so that connecting does not wait for the drawing of what will be seen.
  const opened = useRef<SessionEngine | null>(null);
  const [isJoining, startJoining] = useTransition();
  const [departure, setDeparture] = useState<(Departure & { at: number }) | null>(null);
  const isInside = entry !== null && departure === null;
  const { data: info, dataUpdatedAt, error, refetch } = useQuery(entranceQuery(sessionId, isInside));
  const devices = useDevices();
  const Inside = useInside(isInside);
  useAccent(info?.event.accent);

  useEffect(() => () => opened.current?.stop(), []);

  const join = (chosen: Entry) => {
    if (isJoining || !info || !devices) return;
    keepEntry(sessionId, chosen);
    opened.current?.stop();
    opened.current = arrivedInside()?.openEngine(info, chosen, devices) ?? null;
    // Drawing and connecting share a thread: connecting, which waits for others, goes first.
    startJoining(async () => {
      await opened.current?.media.whenAnswered(drawWithinMs);
      startJoining(() => {
        setDeparture(null);
        setEntry(chosen);
      });
    });
  };
  const slug = info?.event.slug;
  const depart = useCallback(
    (how: Departure) => {
      opened.current?.stop();
      opened.current = null;
      keepEntry(sessionId, null);
      setEntry(null);
      setDeparture({ ...how, at: Date.now() });
      if ('left' in how && slug) void navigate({ to: '/events/$slug', params: { slug } });
      else void refetch();
    },
    [sessionId, slug, navigate, refetch],
  );

  if (error && !info) {
    return (
      <PageFrame>
        <Failure error={error} onRetry={() => void refetch()} />
      </PageFrame>
    );
  }
  const wait = (
    <PageFrame>
      <p className="pending muted" role="status">
        <Spinner />
        {t('loading')}
      </p>
    </PageFrame>
  );
  if (!info || !devices || (departure && 'left' in departure)) return wait;
  const withSupport = (page: SupportPlace['page'], face: ReactNode) => (
    <SessionSupport info={info} page={page}>
      {face}
    </SessionSupport>
  );
  const ended = (isUnattended: boolean) => withSupport('ended', <EndedPage info={info} isUnattended={isUnattended} />);
  if (departure && 'ended' in departure) return ended(departure.isUnattended);
  if (info.point.phase === 'ended') return ended(false);
  // What the entrance said before the removal is not news.
  if (info.removed || (departure && 'removed' in departure && dataUpdatedAt <= departure.at)) {
    const [title, text] = [t('removedTitle'), t('removedText')];
    return withSupport('other', <ClosedPage info={info} icon={DoorClosed} role="alert" title={title} text={text} />);
  }
  if (isInside && info.mayJoinAs.includes(entry.as)) {
    if (!Inside) return wait;
    return withSupport(
      'inside',
      <Inside info={info} entry={entry} devices={devices} opened={opened.current} onDeparture={depart} />,
    );
  }
  return withSupport('entrance', <Entrance info={info} devices={devices} isJoining={isJoining} onJoin={join} />);
}
