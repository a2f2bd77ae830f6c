// Owns a row that opens a list of choices beside itself, of which one is chosen.
import { Check, ChevronRight } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import type { ChoiceEntry } from './menu-entries.ts';
import { followMouse, MenuList } from './menu-list.tsx';
import { placeBeside } from './menu-place.ts';

export function MenuChoices({ entry, onDone }: { entry: ChoiceEntry; onDone: () => void }) {
  const row = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const { icon: Icon, label, choices, chosen, onChoose } = entry;
  const hint = choices.find((choice) => choice.id === chosen)?.label ?? '';
  return (
    <>
      <button
        ref={row}
        type="button"
        role="menuitem"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={`${label}, ${hint}`}
        tabIndex={-1}
        onPointerMove={isOpen ? undefined : followMouse}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => event.key === 'ArrowRight' && setOpen(true)}
      >
        {Icon && <Icon className="i" aria-hidden="true" />}
        <span>{label}</span>
        <span className="hint">{hint}</span>
        <ChevronRight className="i i--s" aria-hidden="true" />
      </button>
      {isOpen && (
        <MenuList label={label} anchor={row} place={placeBeside} focus="chosen" className="menu--beside" isBeside onClose={close}>
          {choices.map((choice) => (
            <button
              key={choice.id}
              type="button"
              role="menuitemradio"
              aria-checked={choice.id === chosen}
              tabIndex={-1}
              onPointerMove={followMouse}
              onClick={() => {
                onDone();
                onChoose(choice.id);
              }}
            >
              <span className="menu-mark">{choice.id === chosen && <Check className="i" aria-hidden="true" />}</span>
              {choice.label}
            </button>
          ))}
        </MenuList>
      )}
    </>
  );
}
