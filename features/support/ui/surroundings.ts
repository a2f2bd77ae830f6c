// Owns what the page around the ring hands to the sheet: what is urgent there and would be covered, and how its call is doing. Nothing, outside a Session.
import type { ReactNode } from 'react';
import { createContext } from 'react';
import type { Diagnostics } from '../contract.ts';

export interface Surroundings {
  /** Stands in the sheet, above the conversation. */
  urgent: ReactNode;
  readCall: (() => Diagnostics['call']) | null;
}

export const SupportSurroundings = createContext<Surroundings>({ urgent: null, readCall: null });
