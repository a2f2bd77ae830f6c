// Owns what the entrance says of the Session: whose it is, when it is in the viewer's zone, who is there.
import { Calendar, Clock, Users } from 'lucide-react';
import { namesOf } from '#features/lifecycle/ui/names-of.ts';
import { Avatar } from '#platform/ui/avatar.tsx';
import { formatDuration, zoneName } from '#platform/ui/format.ts';
import { useLanguage, useTexts } from '#platform/ui/texts.ts';
import { useNow } from '#platform/ui/use-now.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { EntranceInfo } from '#shell/events/contract.ts';
import { sessionTexts } from './texts.ts';

interface EntranceFactsProps {
  info: EntranceInfo;
  maySpeak: boolean;
}

const minuteMs = 60_000;

export function EntranceFacts({ info, maySpeak }: EntranceFactsProps) {
  const t = useTexts(sessionTexts);
  const language = useLanguage();
  const format = useFormat();
  const now = useNow(1000);
  const { point, inside, present } = info;
  const isLive = point.phase === 'live';
  const endsAt = new Date(Date.parse(point.startsAt) + point.durationMinutes * minuteMs).toISOString();
  const untilMs = Date.parse(point.startsAt) - now;
  const canGoLive = now >= Date.parse(info.startPossibleAt);
  const [company] = point.companies;
  const goLive = canGoLive ? t('goLive') : t('goLiveFrom', { time: format.time(info.startPossibleAt) });
  const others = Math.max(0, present - inside.length);
  return (
    <>
      <div className="row entrance-of">
        {company && <img className="logo" src={company.logoUrl} alt="" />}
        <div>
          {company && <p className="entrance-company">{point.companies.map((one) => one.name).join(', ')}</p>}
          <p className="quiet">{point.kind}</p>
        </div>
      </div>
      <h1 id="entrance-title" dir="auto">
        {point.title}
      </h1>
      <ul className="entrance-facts">
        <li>
          <Calendar className="i" aria-hidden="true" />
          <span>
            {format.day(point.startsAt)},{' '}
            <span className="num">
              {format.time(point.startsAt)} – {format.time(endsAt)}
            </span>{' '}
            {zoneName(point.startsAt, format.zone, language)}
          </span>
        </li>
        <li>
          <Clock className="i" aria-hidden="true" />
          {isLive ? (
            <span>
              <b className="num">{t('isLive', { time: format.time(point.startedAt ?? point.startsAt) })}.</b> {t('isLiveText')}
            </span>
          ) : untilMs > 0 ? (
            <span>
              {t('startsIn')} <b className="num">{formatDuration(untilMs, language)}</b>.{maySpeak && ` ${goLive}`}
            </span>
          ) : (
            <span>
              {t('startsNow')}
              {maySpeak && ` ${goLive}`}
            </span>
          )}
        </li>
        <li>
          {inside.length > 0 ? (
            <span className="faces">
              {inside.slice(0, 3).map((person) => (
                <Avatar key={person.id} person={person} size="s" />
              ))}
            </span>
          ) : (
            <Users className="i" aria-hidden="true" />
          )}
          <span>
            {inside.length > 0
              ? t(isLive ? 'inside' : 'backstage', { count: inside.length, names: namesOf(inside, language) })
              : t('nobodyBackstage')}
            {others > 0 && (
              <span className="num"> {t(isLive ? 'present' : 'waiting', { count: isLive ? present : others })}</span>
            )}
          </span>
        </li>
      </ul>
    </>
  );
}
