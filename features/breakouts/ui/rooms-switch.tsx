// Owns one switch among the options of rooms.
import { useId } from 'react';

interface RoomsSwitchProps {
  label: string;
  hint: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

export function RoomsSwitch({ label, hint, isOn, onChange }: RoomsSwitchProps) {
  const id = useId();
  return (
    <span className="row rooms-switch" title={hint}>
      <span id={id}>{label}</span>
      <button
        type="button"
        role="switch"
        className="switch"
        aria-checked={isOn}
        aria-labelledby={id}
        aria-description={hint}
        onClick={() => onChange(!isOn)}
      />
    </span>
  );
}
