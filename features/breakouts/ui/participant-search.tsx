// Owns finding a person by name and bringing them into a room: a combo box, then the menu of rooms.
import { Search } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { Avatar } from '#platform/ui/avatar.tsx';
import type { MenuEntry } from '#platform/ui/menu-entries.ts';
import { MenuList } from '#platform/ui/menu-list.tsx';
import { placeBelow } from '#platform/ui/menu-place.ts';
import { MenuRow } from '#platform/ui/menu-row.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { breakoutsTexts } from './texts.ts';

interface ParticipantSearchProps {
  people: readonly PersonSummary[];
  markOf: (person: string) => string | undefined;
  placesFor: (person: string) => MenuEntry[];
}

const mostShown = 8;

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

export function ParticipantSearch({ people, markOf, placesFor }: ParticipantSearchProps) {
  const t = useTexts(breakoutsTexts);
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [hasFocus, setFocus] = useState(false);
  const [active, setActive] = useState(0);
  const [chosen, setChosen] = useState<PersonSummary | null>(null);
  const asked = plain(typed.trim());
  const found = asked === '' ? [] : people.filter((person) => plain(person.name).includes(asked)).slice(0, mostShown);
  const isOpen = asked !== '' && chosen === null && hasFocus;
  const choose = (person: PersonSummary | undefined) => {
    if (person) setChosen(person);
  };
  const close = () => {
    setChosen(null);
    setTyped('');
    setActive(0);
  };
  return (
    <div className="participant-search">
      <span className="input">
        <Search className="i i--s" aria-hidden="true" />
        <input
          ref={box}
          className="participant-box"
          type="text"
          role="combobox"
          autoComplete="off"
          aria-label={t('search')}
          placeholder={t('search')}
          aria-expanded={isOpen && found.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={isOpen && found[active] ? `${id}-${active}` : undefined}
          value={typed}
          onFocus={() => setFocus(true)}
          onBlur={() => setFocus(false)}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
          }}
          onKeyDown={(event) => {
            const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
            if (step !== 0 && found.length > 0) {
              event.preventDefault();
              setActive((active + step + found.length) % found.length);
            } else if (event.key === 'Enter') choose(found[active]);
            else if (event.key === 'Escape' && typed !== '') {
              event.preventDefault();
              close();
            }
          }}
        />
      </span>
      {isOpen && (
        <div id={`${id}-list`} className="found" role="listbox" aria-label={t('search')}>
          {found.map((person, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the combo box has the focus, and its keys choose.
            <div
              key={person.id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onPointerMove={() => setActive(index)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(person)}
            >
              <Avatar person={person} size="s" />
              <span className="cut" dir="auto">
                <bdi>{person.name}</bdi>
              </span>
              {markOf(person.id) && <span className="tag">{markOf(person.id)}</span>}
            </div>
          ))}
          {found.length === 0 && <p className="muted">{t('noMatch')}</p>}
        </div>
      )}
      {chosen && (
        <MenuList label={t('movePerson', { name: chosen.name })} anchor={box} place={placeBelow} onClose={close}>
          {placesFor(chosen.id).map((entry) => (
            <MenuRow
              key={entry.id}
              entry={entry}
              onDone={() => {
                box.current?.focus({ preventScroll: true });
                close();
              }}
            />
          ))}
        </MenuList>
      )}
    </div>
  );
}
