// Owns what a speaker may do about one person: the nearest thing as a button, the rest in a menu.
import { Ellipsis, Hand, MessageSquare, MessageSquareOff, Mic, Undo2, UserMinus, UserX } from 'lucide-react';
import { MenuButton } from '#platform/ui/menu-button.tsx';
import type { MenuEntry } from '#platform/ui/menu-entries.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { peopleTexts } from './texts.ts';

/** What is possible with a person now; absent where it is not. */
export interface PossibleActs {
  invite?: () => void;
  takeBack?: () => void;
  mute?: () => void;
  removeFromStage?: () => void;
  ban?: () => void;
  liftBan?: () => void;
  remove?: (person: PersonSummary) => void;
  readmit?: () => void;
}

interface PersonActsProps {
  person: PersonSummary;
  acts: PossibleActs;
  /** Beside a tag and words on a button, nothing of the name would be left. */
  isTight: boolean;
}

export function PersonActs({ person, acts, isTight }: PersonActsProps) {
  const t = useTexts(peopleTexts);
  const { invite, takeBack, mute, removeFromStage, ban, liftBan, remove, readmit } = acts;
  const entries: MenuEntry[] = [];
  if (invite && isTight) entries.push({ id: 'invite', label: t('invite'), icon: Hand, onAction: invite });
  if (takeBack) entries.push({ id: 'take-back', label: t('takeBack'), icon: Undo2, onAction: takeBack });
  if (removeFromStage) entries.push({ id: 'off', label: t('removeFromStage'), icon: UserMinus, onAction: removeFromStage });
  if (ban) entries.push({ id: 'ban', label: t('ban'), icon: MessageSquareOff, onAction: ban });
  if (liftBan) entries.push({ id: 'lift', label: t('liftBan'), icon: MessageSquare, onAction: liftBan });
  if (remove) {
    if (entries.length > 0) entries.push({ id: 'line', separator: true });
    entries.push({ id: 'remove', label: t('remove'), icon: UserX, danger: true, onAction: () => remove(person) });
  }
  return (
    <>
      {readmit && (
        <button type="button" className="btn btn--s" onClick={readmit}>
          {t('readmit')}
        </button>
      )}
      {invite && !isTight && (
        <button type="button" className="btn btn--s" aria-label={t('invite')} title={t('invite')} onClick={invite}>
          {t('inviteShort')}
        </button>
      )}
      {mute && (
        <button
          type="button"
          className="btn btn--quiet btn--s btn--icon"
          aria-label={t('mute', { name: person.name })}
          title={t('muteShort')}
          onClick={mute}
        >
          <Mic className="i i--s" aria-hidden="true" />
        </button>
      )}
      {entries.length > 0 && (
        <MenuButton
          label={t('more', { name: person.name })}
          title={t('moreShort')}
          className="btn btn--quiet btn--s btn--icon"
          entries={entries}
        >
          <Ellipsis className="i i--s" aria-hidden="true" />
        </MenuButton>
      )}
    </>
  );
}
