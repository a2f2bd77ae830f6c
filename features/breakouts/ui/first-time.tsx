// Owns asking somebody once, in their first room, whether they want to be heard and seen there.
import { useTexts } from '#platform/ui/texts.ts';
import { breakoutsTexts } from './texts.ts';

interface FirstTimeProps {
  onChoose: (media: { microphone: boolean; camera: boolean }) => void;
}

export function FirstTime({ onChoose }: FirstTimeProps) {
  const t = useTexts(breakoutsTexts);
  return (
    <section className="rooms-ask" aria-label={t('firstTime')}>
      <p>{t('firstTime')}</p>
      <span className="row">
        <button type="button" className="btn btn--primary btn--s" onClick={() => onChoose({ microphone: true, camera: true })}>
          {t('turnBothOn')}
        </button>
        <button type="button" className="btn btn--s" onClick={() => onChoose({ microphone: true, camera: false })}>
          {t('microphoneOnly')}
        </button>
        <button type="button" className="btn btn--s" onClick={() => onChoose({ microphone: false, camera: false })}>
          {t('stayMuted')}
        </button>
      </span>
    </section>
  );
}
