// Owns what a backup is on disk: a page about it, one compressed file of rows per table, and the uploaded files by their content.
import { join } from 'node:path';
import type { Table } from './tables.ts';

export const format = 1;

export interface About {
  format: number;
  /** ISO 8601. */
  madeAt: string;
  /** Those that had shaped the tables. */
  migrations: string[];
  /** In the order in which they are written again. */
  tables: (Table & { rows: number })[];
  files: number;
}

/** Where a backup lies until it is whole. */
export const asideOf = (folder: string) => `${folder.replace(/[/\\]+$/, '')}${unfinished}`;
export const unfinished = '.partial';

export const aboutPath = (folder: string) => join(folder, 'backup.json');
export const filesPath = (folder: string) => join(folder, 'files');
/** One row a line: a JSON array of PostgreSQL's text of each column, or null. */
export const rowsPath = (folder: string, table: string) => join(folder, 'tables', `${table}.jsonl.gz`);

/** Said to whoever called the command; it is not our fault. */
export class BackupError extends Error {}
