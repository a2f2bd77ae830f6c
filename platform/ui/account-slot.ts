// Owns the place for the account button in every page's top bar. What stands there is the business of accounts.
import type { ReactNode } from 'react';
import { createContext } from 'react';

export const AccountSlot = createContext<ReactNode>(null);
