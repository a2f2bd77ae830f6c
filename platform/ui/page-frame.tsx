// Owns the frame of pages outside the stage: skip link, top bar, the one main region that the focus can be sent to.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { use } from 'react';
import { AccountSlot } from './account-slot.ts';
import { Brand } from './brand.tsx';
import { PageTools } from './page-tools.ts';
import { partsTexts } from './parts-texts.ts';
import { useTexts } from './texts.ts';

interface PageFrameProps {
  /** Stands at the start of the top bar instead of the brand, e.g. the way back to the event. */
  start?: ReactNode;
  /** Class of the main region: `page` keeps to the page's width. */
  mainClass?: string;
  children: ReactNode;
}

export function PageFrame({ start, mainClass = 'page', children }: PageFrameProps) {
  const t = useTexts(partsTexts);
  const tools = use(PageTools);
  const account = use(AccountSlot);
  return (
    <>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <header className="shell-top">
        {start ?? (
          <>
            <Brand />
            <span className="sep" />
            <Link to="/events" className="shell-link">
              {t('events')}
            </Link>
          </>
        )}
        <div className="end">
          {tools}
          {account}
        </div>
      </header>
      <main id="main" className={mainClass} tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
