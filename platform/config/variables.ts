// Owns the table of environment variables: what each means, its default and its shape. Rules between several of them are settings.ts's.
import { isIP } from 'node:net';
import { z } from 'zod';

interface Variable<T> {
  section: 'Address' | 'Data' | 'Secrets' | 'Media' | 'Operation';
  /** In words or as a value, for people; settings.ts applies it. */
  fallback: string;
  explain: string;
  /** Completes the sentence "… Give …". */
  give: string;
  schema: z.ZodType<T, string>;
}

const variable = <T>(of: Variable<T>): Variable<T> => of;

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65_535);
const portWanted = 'a number from 1 to 65535';

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);

const switched = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');

const urlOf = (protocols: readonly string[]) =>
  z.string().transform((value, context) => {
    const url = URL.canParse(value) ? new URL(value) : null;
    if (url?.hostname && protocols.includes(url.protocol)) return url;
    context.addIssue({ code: 'custom', message: 'not-a-url' });
    return z.NEVER;
  });

const origin = urlOf(['http:', 'https:'])
  .refine((url) => url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password)
  .transform((url) => url.origin);

const hostName = z.string().regex(/^(?=.{1,253}$)[A-Za-z0-9_:]([A-Za-z0-9_.:-]*[A-Za-z0-9:])?$/);

export const variables = {
  PORT: variable({
    section: 'Address',
    fallback: '3000',
    explain: 'Port of the web server. `npm start` takes a free one instead when this one is taken, and says so.',
    give: portWanted,
    schema: port,
  }),
  HOST: variable({
    section: 'Address',
    fallback: '127.0.0.1',
    explain:
      'Address to listen on. The default is reached from this machine only, also by a reverse proxy on it. In a container, use 0.0.0.0.',
    give: 'an IP address or a host name, for example 127.0.0.1 or 0.0.0.0',
    schema: hostName,
  }),
  PUBLIC_URL: variable({
    section: 'Address',
    fallback: 'http://localhost:PORT for `npm start`; `npm run serve` needs it',
    explain:
      'Where browsers reach Stagedoor: scheme, host and port, without a path. It must be https, because browsers give cameras and microphones to no other page; http only for localhost.',
    give: 'an address such as https://events.example.org',
    schema: origin,
  }),
  DATA_DIR: variable({
    section: 'Data',
    fallback: './data',
    explain: 'Folder for the embedded database, uploaded files and the secrets made at the first start. Back it up.',
    give: 'the path of a folder, absolute or from the project folder',
    schema: z.string().refine((value) => !value.includes('\0')),
  }),
  DATABASE_URL: variable({
    section: 'Data',
    fallback: 'the embedded database in DATA_DIR',
    explain: 'A PostgreSQL 15+ server, for real events and for several app servers.',
    give: 'an address such as postgres://user:password@host:5432/stagedoor',
    schema: urlOf(['postgres:', 'postgresql:']).transform((url) => url.href),
  }),
  BACKUP_EVERY_HOURS: variable({
    section: 'Data',
    fallback: '1',
    explain:
      'How often the embedded database is saved to DATA_DIR/backups while it runs. 0: never. A PostgreSQL server is not saved by this.',
    give: 'a number of hours from 0 to 168',
    schema: wholeNumber(0, 168),
  }),
  BACKUPS_KEPT: variable({
    section: 'Data',
    fallback: '24',
    explain: 'How many of these backups are kept: the newest. Uploaded files take no room in them while they are still used.',
    give: 'a number from 1 to 1000',
    schema: wholeNumber(1, 1000),
  }),
  MATERIALS_MAX_MB: variable({
    section: 'Data',
    fallback: '100',
    explain: 'The largest presentation that speakers can upload, in megabytes.',
    give: 'a number from 1 to 2000',
    schema: wholeNumber(1, 2000),
  }),
  MATERIALS_MAX_PAGES: variable({
    section: 'Data',
    fallback: '500',
    explain: 'The most pages that an uploaded presentation may have.',
    give: 'a number from 1 to 5000',
    schema: wholeNumber(1, 5000),
  }),
  SECRET: variable({
    section: 'Secrets',
    fallback: 'made at the first start and kept in DATA_DIR',
    explain: 'Signs logins. All servers of one installation need the same one. Changing it signs everybody out.',
    give: 'at least 32 random characters, for example from: openssl rand -base64 32',
    schema: z.string(),
  }),
  LIVEKIT_URL: variable({
    section: 'Media',
    fallback: 'an embedded LiveKit server that starts and ends with Stagedoor',
    explain:
      'Where this server reaches an outside LiveKit server. Browsers never use it: keep its HTTP port closed to all but the app servers. Its webhooks must go to PUBLIC_URL/api/media/webhook.',
    give: 'an address such as http://10.0.0.5:7880',
    schema: urlOf(['http:', 'https:', 'ws:', 'wss:']).transform((url) => url.href.replace(/^ws/, 'http').replace(/\/+$/, '')),
  }),
  LIVEKIT_API_KEY: variable({
    section: 'Media',
    fallback: 'made at the first start; needed with LIVEKIT_URL',
    explain: 'Key that the LiveKit server knows.',
    give: 'the name of a key from the LiveKit server’s configuration',
    schema: z.string().regex(/^[\x21-\x7e]+$/),
  }),
  LIVEKIT_API_SECRET: variable({
    section: 'Secrets',
    fallback: 'made at the first start; needed with LIVEKIT_URL',
    explain: 'Secret of that key.',
    give: 'the secret that belongs to LIVEKIT_API_KEY, at least 32 random characters',
    schema: z.string(),
  }),
  LIVEKIT_PORT: variable({
    section: 'Media',
    fallback: '7880',
    explain: 'Signalling port of the embedded LiveKit. Always on 127.0.0.1: browsers come through the web server.',
    give: portWanted,
    schema: port,
  }),
  LIVEKIT_TCP_PORT: variable({
    section: 'Media',
    fallback: '7881',
    explain:
      'Port of the embedded LiveKit for media over TCP, where UDP is blocked. Opened only when other machines are served: then let it through the firewall.',
    give: portWanted,
    schema: port,
  }),
  LIVEKIT_UDP_PORT: variable({
    section: 'Media',
    fallback: '7882',
    explain: 'Port of the embedded LiveKit for media over UDP. When other machines are served, let it through the firewall.',
    give: portWanted,
    schema: port,
  }),
  MEDIA_IP: variable({
    section: 'Media',
    fallback: '127.0.0.1; needed when other machines are served by the embedded LiveKit',
    explain:
      'IP address under which browsers reach the two media ports of the embedded LiveKit: usually the server’s public one.',
    give: 'an IP address, not a name',
    schema: z.string().refine((value) => isIP(value) !== 0),
  }),
  METRICS_PORT: variable({
    section: 'Operation',
    fallback: 'no metrics',
    explain: 'Port for Prometheus metrics, on HOST. Keep it closed to the outside.',
    give: portWanted,
    schema: port,
  }),
  DEMO: variable({
    section: 'Operation',
    fallback: '1 for `npm start`, 0 for `npm run serve`',
    explain:
      'Demo event and demo people with a known password. Never reachable from other machines unless this is set to 1 by hand.',
    give: '1 or 0',
    schema: switched,
  }),
  LOG_LEVEL: variable({
    section: 'Operation',
    fallback: 'info; warn for `npm start`',
    explain: 'The least severe kind of log line that is written.',
    give: 'debug, info, warn, error or silent',
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
  }),
};

export type VariableName = keyof typeof variables;
export const variableNames = Object.keys(variables) as VariableName[];

export type Values = { [name in VariableName]?: z.output<(typeof variables)[name]['schema']> };
