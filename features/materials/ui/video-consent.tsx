// Owns asking before YouTube is connected to: what it learns, and the one click that agrees.
import './video.css';
import { SquareX } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import { videoTexts } from './video-texts.ts';

interface VideoConsentProps {
  name: string;
  onAgree: () => void;
  onStop?: () => void;
}

export function VideoConsent({ name, onAgree, onStop }: VideoConsentProps) {
  const t = useTexts(videoTexts);
  return (
    <div className="video">
      <div className="video-picture">
        <div className="video-over">
          <h2>{t('consentTitle')}</h2>
          <p className="video-words">{t('consentText')}</p>
          <button type="button" className="btn btn--primary btn--l" onClick={onAgree}>
            {t('consentGive')}
          </button>
          <p className="video-words video-words--quiet">{t('consentHint')}</p>
        </div>
      </div>
      <div className="video-bar">
        <bdi className="video-name cut" title={name}>
          {name}
        </bdi>
        {onStop && (
          <button type="button" className="ghost" aria-label={t('stop')} title={t('stop')} onClick={onStop}>
            <SquareX className="i" aria-hidden="true" />
            <span className="video-stop">{t('stop')}</span>
          </button>
        )}
      </div>
    </div>
  );
}
