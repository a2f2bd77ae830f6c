// Owns the words when the page can go on only by being loaded anew: too old for the server, or one of too many that the person opened.
import { useEffect, useId, useRef } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { sessionTexts } from './texts.ts';

/** Escape puts it away: what was typed can still be copied. */
export function StoppedNotice({ why }: { why: 'outdated' | 'tooMany' }) {
  const t = useTexts(sessionTexts);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="dialog" role="alertdialog" aria-labelledby={`${id}-title`} aria-describedby={`${id}-text`}>
      <h2 id={`${id}-title`}>{t(`${why}Title`)}</h2>
      <p className="muted" id={`${id}-text`}>
        {t(`${why}Text`)}
      </p>
      <div className="dialog-acts">
        <button type="button" className="btn btn--primary" onClick={() => location.reload()}>
          {t('reload')}
        </button>
      </div>
    </dialog>
  );
}
