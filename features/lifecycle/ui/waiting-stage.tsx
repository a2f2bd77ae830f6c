// Owns what the audience sees before the start: the drawn curtain, when it opens, and who is behind it.
import { Volume2 } from 'lucide-react';
import { useState } from 'react';
import { useServerNow } from '#platform/live/client/use-live.ts';
import { playTestSound } from '#platform/media/client/sound.ts';
import { Avatar } from '#platform/ui/avatar.tsx';
import { formatClock, zoneName } from '#platform/ui/format.ts';
import { useLanguage, useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { namesOf } from './names-of.ts';
import { lifecycleTexts } from './texts.ts';

interface WaitingStageProps {
  title: string;
  companies: readonly { id: string; name: string; logoUrl: string }[];
  startsAt: string;
  backstage: readonly PersonSummary[];
  serverNow: () => number;
}

export function WaitingStage({ title, companies, startsAt, backstage, serverNow }: WaitingStageProps) {
  const t = useTexts(lifecycleTexts);
  const language = useLanguage();
  const format = useFormat();
  const [playing, setPlaying] = useState(false);
  const untilStartMs = Date.parse(startsAt) - useServerNow(serverNow, 1000);
  const isDue = untilStartMs <= 0;
  const time = `${format.time(startsAt)} ${zoneName(startsAt, format.zone, language)}`;
  const test = async () => {
    setPlaying(true);
    await playTestSound();
    setPlaying(false);
  };
  const [company] = companies;
  return (
    <>
      <div className="folds" aria-hidden="true" />
      <div className="glow" aria-hidden="true" />
      <div className="await">
        {company && (
          <p className="row by">
            <img className="logo logo--s" src={company.logoUrl} alt="" />
            {companies.map((one) => one.name).join(', ')}
          </p>
        )}
        <p className="title">{title}</p>
        {isDue ? (
          <p className="soon">{t('anyMoment')}</p>
        ) : (
          <p className="big num" role="timer" aria-label={t('startsIn')}>
            {formatClock(untilStartMs)}
          </p>
        )}
        <p className="say">{t(isDue ? 'anyMomentText' : 'startsAt', { time })}</p>
        <button type="button" className="ghost ghost--on" onClick={test} aria-disabled={playing || undefined}>
          <Volume2 className="i" aria-hidden="true" />
          {t(playing ? 'testSoundPlaying' : 'testSound')}
        </button>
      </div>
      <p className="speakers">
        {backstage.length > 0 && (
          <span className="faces">
            {backstage.slice(0, 3).map((person) => (
              <Avatar key={person.id} person={person} />
            ))}
          </span>
        )}
        <span>
          {backstage.length > 0
            ? t('backstage', { count: backstage.length, names: namesOf(backstage, language) })
            : t('nobodyBackstage')}
        </span>
      </p>
    </>
  );
}
