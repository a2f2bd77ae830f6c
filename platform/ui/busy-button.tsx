// Owns a button whose action takes a moment: a spinner before the verb, and no second press meanwhile.
import type { ComponentProps } from 'react';
import { Spinner } from './spinner.tsx';

export function BusyButton({ busy, children, onClick, ...rest }: ComponentProps<'button'> & { busy: boolean }) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      onClick={(event) => {
        // Stays focusable while busy, so that keyboard users keep their place.
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}
