// Owns the place of a sheet: beside the stage in place of the tabs, not modal, closed by its button or Escape. Each sheet's content is its own file's.
import { X } from 'lucide-react';
import type { ComponentType, LazyExoticComponent } from 'react';
import { lazy, Suspense, useEffect, useId, useRef } from 'react';
import { backgroundsTitle } from '#features/backgrounds/ui/title.ts';
import { breakoutsTitle } from '#features/breakouts/ui/title.ts';
import { settingsTitle } from '#features/devices/ui/title.ts';
import { materialsTitle } from '#features/materials/ui/title.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { partsTexts } from '#platform/ui/parts-texts.ts';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useLanguage, useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { EntranceInfo } from '#shell/events/contract.ts';
import { untilArrived } from './arriving.ts';
import { RoomHelp } from './room-help.tsx';
import type { SessionEngine } from './session-engine.ts';
import type { SheetName } from './side-sheet.ts';
import { sideSheet } from './side-sheet.ts';
import { StageRequests } from './stage-requests.tsx';

export interface SheetProps {
  info: EntranceInfo;
  engine: SessionEngine;
  directory: Directory<PersonSummary>;
}

interface Sheet {
  title: () => string;
  Content: LazyExoticComponent<ComponentType<SheetProps>>;
}

/** A sheet that is not here is not built yet. */
const sheets: Partial<Record<SheetName, Sheet>> = {
  settings: {
    title: settingsTitle,
    Content: lazy(async () => ({ default: (await import('./settings-sheet.tsx')).SettingsSheet })),
  },
  backgrounds: {
    title: backgroundsTitle,
    Content: lazy(async () => ({ default: (await import('./backgrounds-sheet.tsx')).BackgroundsSheet })),
  },
  breakouts: {
    title: breakoutsTitle,
    Content: lazy(async () => ({ default: (await untilArrived(() => import('./breakouts-sheet.tsx'))).BreakoutsSheet })),
  },
  materials: {
    title: materialsTitle,
    Content: lazy(async () => ({ default: (await import('./materials-sheet.tsx')).MaterialsSheet })),
  },
};

interface SideSheetPlaceProps extends SheetProps {
  name: SheetName;
  /** The stage fills the screen: what is open and typed here stays. */
  isHidden: boolean;
}

export function SideSheetPlace({ name, isHidden, ...props }: SideSheetPlaceProps) {
  const t = useTexts(partsTexts);
  useLanguage();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another sheet is another beginning.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [name]);
  useEffect(() => {
    // With the focus nowhere, Escape still means what is open.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && event.target === document.body && !event.defaultPrevented) sideSheet.close();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  const sheet = sheets[name];
  if (!sheet) return null;
  const { Content } = sheet;
  return (
    <section
      className="panel side-sheet"
      aria-labelledby={id}
      hidden={isHidden}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        sideSheet.close();
      }}
    >
      <div className="panel-head">
        <h2 id={id} ref={heading} tabIndex={-1} className="grow">
          {sheet.title()}
        </h2>
        <button
          type="button"
          className="btn btn--quiet btn--s btn--icon"
          aria-label={t('close')}
          title={t('close')}
          onClick={() => sideSheet.close()}
        >
          <X className="i" aria-hidden="true" />
        </button>
      </div>
      {/* What is urgent does not wait until the sheet is closed. */}
      {!isHidden && <StageRequests engine={props.engine} directory={props.directory} />}
      {!isHidden && <RoomHelp engine={props.engine} directory={props.directory} />}
      <div className="scroll side-sheet-body">
        <Suspense
          fallback={
            <p className="stage-wait" role="status">
              <Spinner />
            </p>
          }
        >
          <Content {...props} />
        </Suspense>
      </div>
    </section>
  );
}
