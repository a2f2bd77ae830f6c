// Owns the large place of what is presented, beside the people: each kind's content is its capability's, loaded when it is shown.
import './presentation.css';
import { lazy, Suspense } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { useFullScreenUntilGone } from '#platform/ui/full-screen.ts';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { Focus } from './presentation.ts';
import type { SessionEngine } from './session-engine.ts';
import { sessionTexts } from './texts.ts';

const PresentedPdf = lazy(async () => ({ default: (await import('./presentation-pdf.tsx')).PresentedPdf }));
const PresentedScreen = lazy(async () => ({ default: (await import('./presentation-screen.tsx')).PresentedScreen }));
const PresentedVideo = lazy(async () => ({ default: (await import('./presentation-video.tsx')).PresentedVideo }));

export interface PresentationProps {
  focus: Focus;
  sessionId: string;
  engine: SessionEngine;
  directory: Directory<PersonSummary>;
}

export function PresentationPlace({ focus, ...props }: PresentationProps) {
  const t = useTexts(sessionTexts);
  useFullScreenUntilGone('presentation');
  return (
    <section className="show" aria-label={t('presentation')}>
      <Suspense
        fallback={
          <p className="stage-wait" role="status">
            <Spinner />
          </p>
        }
      >
        {focus.is === 'pdf' && <PresentedPdf focus={focus} {...props} />}
        {focus.is === 'video' && <PresentedVideo focus={focus} {...props} />}
        {focus.is === 'screen' && <PresentedScreen focus={focus} engine={props.engine} directory={props.directory} />}
      </Suspense>
    </section>
  );
}
