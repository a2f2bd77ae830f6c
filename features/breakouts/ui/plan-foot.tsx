// Owns the foot of the plan: its options, giving it up, and opening the rooms.
import { useState } from 'react';
import { AlertDialog } from '#platform/ui/alert-dialog.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { BreakoutsOptions } from '../contract.ts';
import type { OpeningEffect } from './room-lists.ts';
import { RoomsSwitch } from './rooms-switch.tsx';
import { RoomsTimer } from './rooms-timer.tsx';
import { breakoutsTexts } from './texts.ts';

interface PlanFootProps {
  options: BreakoutsOptions;
  effect: OpeningEffect;
  hasRooms: boolean;
  isLive: boolean;
  onOptions: (options: Partial<BreakoutsOptions>) => void;
  onDiscard: () => void;
  onOpen: () => void;
}

export function PlanFoot({ options, effect, hasRooms, isLive, onOptions, onDiscard, onOpen }: PlanFootProps) {
  const t = useTexts(breakoutsTexts);
  const [isAsked, setAsked] = useState(false);
  return (
    <div className="rooms-foot">
      <div className="row rooms-options">
        <RoomsTimer timerMs={options.timerMs} onChange={(timerMs) => onOptions({ timerMs })} />
        <RoomsSwitch
          label={t('freeChoice')}
          hint={t('freeChoiceHint')}
          isOn={options.freeChoice}
          onChange={(freeChoice) => onOptions({ freeChoice })}
        />
        <RoomsSwitch
          label={t('sharePresented')}
          hint={t('sharePresentedHint')}
          isOn={options.sharePresented}
          onChange={(sharePresented) => onOptions({ sharePresented })}
        />
        {hasRooms && (
          <button type="button" className="btn btn--s btn--quiet" onClick={() => setAsked(true)}>
            {t('discard')}
          </button>
        )}
      </div>
      <button type="button" className="btn btn--primary btn--wide rooms-end" disabled={!hasRooms || !isLive} onClick={onOpen}>
        {t('open')}
      </button>
      <p className="quiet">
        {isLive ? `${t('moves', { count: effect.moves })} ${t('stay', { count: effect.stay })}` : t('notLive')}
      </p>
      <AlertDialog
        isOpen={isAsked}
        title={t('discardTitle')}
        text={t('discardText')}
        confirmLabel={t('discard')}
        cancelLabel={t('keepPlan')}
        onCancel={() => setAsked(false)}
        onConfirm={() => {
          setAsked(false);
          onDiscard();
        }}
      />
    </div>
  );
}
