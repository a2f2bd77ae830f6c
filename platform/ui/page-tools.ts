// Owns the place for what stands in the bar of every page of an event, beside the account button. What stands there is apps/ and session/'s to say.
import type { ReactNode } from 'react';
import { createContext } from 'react';

export const PageTools = createContext<ReactNode>(null);
