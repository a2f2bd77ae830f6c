// Owns asking whether technical information may go with the message: shows exactly what would be sent, and nothing is sent unasked.
import { useEffect, useState } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { Diagnostics } from '../contract.ts';
import { collectDiagnostics } from './collect.ts';
import { DiagnosticsList } from './diagnostics-list.tsx';
import { diagnosticsRows } from './diagnostics-rows.ts';
import type { Surroundings } from './surroundings.ts';
import { supportTexts } from './texts.ts';

interface ConsentProps {
  slug: string;
  /** Null where there is no call. */
  readCall: Surroundings['readCall'];
  /** What may be sent now: exactly what is shown; null without consent. */
  onAgreed: (diagnostics: Diagnostics | null) => void;
}

export function Consent({ slug, readCall, onAgreed }: ConsentProps) {
  const t = useTexts(supportTexts);
  const format = useFormat();
  const [found, setFound] = useState<Diagnostics | null>(null);
  const [agreed, setAgreed] = useState(false);
  useEffect(() => {
    let gone = false;
    void collectDiagnostics(slug, readCall).then((one) => {
      if (!gone) setFound(one);
    });
    return () => {
      gone = true;
    };
  }, [slug, readCall]);
  useEffect(() => onAgreed(agreed ? found : null), [agreed, found, onAgreed]);
  return (
    <div className="consent">
      <label className="consent-check">
        <input type="checkbox" checked={agreed} onChange={(event) => setAgreed(event.target.checked)} />
        <span>{t('consent')}</span>
      </label>
      <p className="quiet">{t('consentText')}</p>
      {found ? (
        <DiagnosticsList rows={diagnosticsRows(found, t, format.time)} />
      ) : (
        <p className="quiet" role="status">
          {t('collecting')}
        </p>
      )}
    </div>
  );
}
