// Owns the reading of the environment: the process's variables, and under them the file .env in the project folder.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';

export type Environment = Readonly<Record<string, string | undefined>>;

export const projectRoot = path.resolve(import.meta.dirname, '../..');

/** A variable that is set for the process wins over the same one in .env. */
export function environment(folder: string = projectRoot, own: Environment = process.env): Environment {
  let text: string;
  try {
    text = readFileSync(path.join(folder, '.env'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return own;
    throw error;
  }
  return { ...parseEnv(text), ...own };
}
