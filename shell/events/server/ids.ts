// Owns telling ids from other text in addresses: the database would fail on what is no uuid.
import { z } from 'zod';

export const isId = (text: string): boolean => z.guid().safeParse(text).success;
