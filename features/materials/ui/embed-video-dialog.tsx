// Owns the dialog that adds a video by its link, and says what is wrong with a link that leads to none.
import './embed-video.css';
import { useEffect, useId, useRef, useState } from 'react';
import { BusyButton } from '#platform/ui/busy-button.tsx';
import { TextField } from '#platform/ui/text-field.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { cleanName, longestName } from '../contract.ts';
import type { VideoLinkProblem } from '../video-link.ts';
import { readVideoLink } from '../video-link.ts';
import { videoTexts } from './video-texts.ts';

interface EmbedVideoDialogProps {
  /** Resolves to whether it was taken. */
  onEmbed: (video: { videoId: string; startSeconds: number; name: string }) => Promise<boolean>;
  onClose: () => void;
}

export function EmbedVideoDialog({ onEmbed, onClose }: EmbedVideoDialogProps) {
  const t = useTexts(videoTexts);
  const dialog = useRef<HTMLDialogElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const [problem, setProblem] = useState<VideoLinkProblem | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
  }, []);
  const embed = async (link: string, name: string) => {
    const read = readVideoLink(link);
    if (read.is === 'problem') {
      setProblem(read.problem);
      form.current?.querySelector('input')?.focus();
      return;
    }
    setBusy(true);
    const { videoId, startSeconds } = read;
    const taken = await onEmbed({ videoId, startSeconds, name: cleanName(name) || t('defaultName') });
    setBusy(false);
    if (taken) onClose();
  };
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={`${id}-title`}>{t('embed')}</h2>
      <p className="muted" id={`${id}-text`}>
        {t('embedText')}
      </p>
      <form
        ref={form}
        className="embed-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const given = new FormData(event.currentTarget);
          void embed(String(given.get('link')), String(given.get('name')));
        }}
      >
        <TextField
          name="link"
          label={t('link')}
          hint={t('linkHint')}
          error={problem && t(`problem-${problem}`)}
          autoComplete="off"
          inputMode="url"
          onChange={() => setProblem(null)}
        />
        <TextField name="name" label={t('name')} hint={t('nameHint')} autoComplete="off" maxLength={longestName / 2} />
        <div className="dialog-acts">
          <button type="button" className="btn" onClick={onClose}>
            {t('cancel')}
          </button>
          <BusyButton type="submit" className="btn btn--primary" busy={busy}>
            {t('embed')}
          </BusyButton>
        </div>
      </form>
    </dialog>
  );
}
