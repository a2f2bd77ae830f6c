// Owns the list of those who may be meant by an "@". The text box keeps the focus and the keys.
import { useTexts } from '#platform/ui/texts.ts';
import type { Named } from './mentions.ts';
import { chatTexts } from './texts.ts';

interface MentionListProps {
  /** Each option's id begins with it. */
  id: string;
  found: readonly Named[];
  meant: Named;
  onPick: (person: Named) => void;
}

export function MentionList({ id, found, meant, onPick }: MentionListProps) {
  const t = useTexts(chatTexts);
  return (
    <div className="mention-list" role="listbox" id={`${id}-people`} aria-label={t('whoIsMeant')}>
      {found.map((person) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text box's, which keeps the focus.
        // biome-ignore lint/a11y/useFocusableInteractive: the text box points at it (aria-activedescendant).
        <div
          key={person.id}
          id={`${id}-${person.id}`}
          role="option"
          aria-selected={person === meant}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(person)}
        >
          <bdi>{person.name}</bdi>
        </div>
      ))}
    </div>
  );
}
