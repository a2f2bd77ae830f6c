// Owns what the person agreed to send, beside the conversation.
import { useId } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { useNow } from '#platform/ui/use-now.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { TeamSlice } from '../contract.ts';
import { deskTexts } from './desk-texts.ts';
import { DiagnosticsList } from './diagnostics-list.tsx';
import { diagnosticsRows } from './diagnostics-rows.ts';
import { supportTexts } from './texts.ts';

export function DiagnosticsCard({ shared, name }: { shared: TeamSlice['shared']; name: string }) {
  const t = useTexts(deskTexts);
  const words = useTexts(supportTexts);
  const format = useFormat();
  const now = useNow(10_000);
  const heading = useId();
  return (
    <aside className="diag" aria-labelledby={heading}>
      <div className="panel-head">
        <h2 id={heading} className="desk-name grow">
          {t('diagnostics')}
        </h2>
        {shared && (
          <span className="quiet">{t('ago', { duration: format.duration(Math.max(1000, now - Date.parse(shared.at))) })}</span>
        )}
      </div>
      <div className="scroll diag-body">
        {shared ? (
          <>
            <DiagnosticsList rows={diagnosticsRows(shared.diagnostics, words, format.time)} />
            <p className="quiet">{t('agreed', { name })}</p>
          </>
        ) : (
          <p className="quiet">{t('notShared')}</p>
        )}
      </div>
    </aside>
  );
}
