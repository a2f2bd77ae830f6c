// Owns the frame of sign-in and sign-up: the form at the left, the lit door at the right.
import type { ReactNode } from 'react';
import { Brand } from '#platform/ui/brand.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { StageDoor } from './stage-door.tsx';
import './accounts.css';

export function SignFrame({ children }: { children: ReactNode }) {
  return (
    <div className="sign">
      <div className="sign-side">
        <header className="sign-head">
          <Brand />
        </header>
        <main id="main" className="sign-main" tabIndex={-1}>
          {children}
        </main>
        <footer className="sign-foot">
          <LanguageSwitch />
        </footer>
      </div>
      <StageDoor />
    </div>
  );
}
