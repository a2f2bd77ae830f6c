// Owns one row of a menu: an action, a line, or a list of choices beside it.
import { Check, ChevronRight } from 'lucide-react';
import { Menu, MenuItem, Popover, Separator, SubmenuTrigger } from 'react-aria-components/Menu';
import type { ChoiceEntry, MenuEntry } from './menu-entries.ts';

const submenu = (entry: ChoiceEntry, onDone: () => void) => {
  const Icon = entry.icon;
  const chosen = entry.choices.find((choice) => choice.id === entry.chosen)?.label ?? '';
  return (
    <SubmenuTrigger>
      <MenuItem id={entry.id} textValue={entry.label} aria-label={`${entry.label}, ${chosen}`}>
        {Icon && <Icon className="i" aria-hidden="true" />}
        <span>{entry.label}</span>
        <span className="hint">{chosen}</span>
        <ChevronRight className="i i--s" aria-hidden="true" />
      </MenuItem>
      <Popover className="menu menu--beside" offset={4}>
        <Menu
          aria-label={entry.label}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[entry.chosen]}
          onAction={(key) => {
            entry.onChoose(String(key));
            onDone();
          }}
        >
          {entry.choices.map((choice) => (
            <MenuItem key={choice.id} id={choice.id} textValue={choice.label}>
              {({ isSelected }) => (
                <>
                  <span className="menu-mark">{isSelected && <Check className="i" aria-hidden="true" />}</span>
                  {choice.label}
                </>
              )}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </SubmenuTrigger>
  );
};

/** `onDone` closes the whole menu: a list beside it closes only itself. */
export function MenuRow({ entry, onDone }: { entry: MenuEntry; onDone: () => void }) {
  if ('separator' in entry) return <Separator />;
  if ('choices' in entry) return submenu(entry, onDone);
  const Icon = entry.icon;
  return (
    <MenuItem id={entry.id} textValue={entry.label} className={entry.danger ? 'menu-danger' : ''} onAction={entry.onAction}>
      {Icon && <Icon className="i" aria-hidden="true" />}
      {entry.label}
    </MenuItem>
  );
}
