// Owns the checked configuration: defaults, the rules between variables, and the secrets kept in DATA_DIR. The table is variables.ts.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from './contract.ts';
import { type Environment, projectRoot } from './environment.ts';
import { keptSecret } from './kept-secrets.ts';
import { ConfigError, type Problem } from './problems.ts';
import { reachesOthers, ruleProblems } from './rules.ts';
import { type Values, type VariableName, variableNames, variables } from './variables.ts';

/** What the launcher needs to run LiveKit itself. */
export interface EmbeddedLivekit {
  port: number;
  tcpPort: number;
  udpPort: number;
  /** Address that browsers are told for media. */
  mediaIp: string;
  /** False: media stay on this machine's loopback. */
  servesOthers: boolean;
}

export interface Settings {
  config: Config;
  /** Null: an outside LiveKit by LIVEKIT_URL. */
  embeddedLivekit: EmbeddedLivekit | null;
  /** Variables that were set by hand. */
  given: ReadonlySet<VariableName>;
}

const webDir = path.join(projectRoot, 'dist', 'web');

const megabyte = 1024 * 1024;
const hour = 60 * 60_000;

/** Written into the built web by the launcher. */
export const buildStamp = 'build.json';

function builtWeb(mode: Config['mode']): string {
  if (mode === 'dev') return 'dev';
  try {
    return (JSON.parse(readFileSync(path.join(webDir, buildStamp), 'utf8')) as { build: string }).build;
  } catch {
    return 'none';
  }
}

/** Reads and checks without touching the disk: all problems at once. */
export function checkSettings(env: Environment, mode: Config['mode']): { values: Values; problems: Problem[] } {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const name of variableNames) {
    // An empty variable is an absent one: container tools can't unset them.
    const text = env[name]?.trim();
    if (!text) continue;
    const { schema, give, section } = variables[name];
    const parsed = schema.safeParse(text);
    if (parsed.success) values[name] = parsed.data;
    else
      problems.push({
        variable: name,
        cause: section === 'Secrets' ? 'it can’t be used.' : `"${text}" can’t be used.`,
        wayOut: `Give ${give}.`,
      });
  }
  const broken = new Set(problems.map((problem) => problem.variable));
  problems.push(...ruleProblems(values as Values, mode).filter((problem) => !broken.has(problem.variable)));
  return { values: values as Values, problems };
}

function kept(dataDir: string, name: string, variable: VariableName): string {
  try {
    return keptSecret(dataDir, name);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const full = code === 'ENOSPC';
    throw new ConfigError([
      {
        variable: full || variable !== 'SECRET' ? 'DATA_DIR' : variable,
        cause: full ? `the disk that holds ${dataDir} is full.` : `a secret could not be made in ${dataDir}: ${message}.`,
        wayOut: full
          ? 'Free some space, or point DATA_DIR to another disk.'
          : `Make that folder writable, point DATA_DIR to another one, or set ${variable}.`,
      },
    ]);
  }
}

/** Throws a ConfigError that names every problem. Makes DATA_DIR's secrets where they are absent. */
export function loadSettings(env: Environment, mode: Config['mode']): Settings {
  const { values, problems } = checkSettings(env, mode);
  if (problems.length > 0) throw new ConfigError(problems);
  const port = values.PORT ?? 3000;
  const host = values.HOST ?? '127.0.0.1';
  const dataDir = path.resolve(projectRoot, values.DATA_DIR ?? 'data');
  const livekitPort = values.LIVEKIT_PORT ?? 7880;
  const config: Config = {
    mode,
    host,
    port,
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${port}`,
    dataDir,
    databaseUrl: values.DATABASE_URL,
    secret: values.SECRET ?? kept(dataDir, 'login-secret', 'SECRET'),
    livekit: {
      url: values.LIVEKIT_URL ?? `http://127.0.0.1:${livekitPort}`,
      apiKey: values.LIVEKIT_API_KEY ?? 'stagedoor',
      apiSecret: values.LIVEKIT_API_SECRET ?? kept(dataDir, 'livekit-secret', 'LIVEKIT_API_SECRET'),
    },
    backups: { everyMs: (values.BACKUP_EVERY_HOURS ?? 1) * hour, keep: values.BACKUPS_KEPT ?? 24 },
    materials: { maxBytes: (values.MATERIALS_MAX_MB ?? 100) * megabyte, maxPages: values.MATERIALS_MAX_PAGES ?? 500 },
    metricsPort: values.METRICS_PORT,
    demo: values.DEMO ?? mode !== 'serve',
    // Whoever tries Stagedoor reads the terminal themselves: only what matters to them.
    logLevel: values.LOG_LEVEL ?? (mode === 'start' ? 'warn' : 'info'),
    build: builtWeb(mode),
    webDir,
  };
  const servesOthers = reachesOthers(values);
  const embeddedLivekit = values.LIVEKIT_URL
    ? null
    : {
        port: livekitPort,
        tcpPort: values.LIVEKIT_TCP_PORT ?? 7881,
        udpPort: values.LIVEKIT_UDP_PORT ?? 7882,
        mediaIp: values.MEDIA_IP ?? '127.0.0.1',
        servesOthers,
      };
  return { config, embeddedLivekit, given: new Set(Object.keys(values) as VariableName[]) };
}

/** The app server's part of the settings. */
export function loadConfig(env: Environment, mode: Config['mode']): Config {
  return loadSettings(env, mode).config;
}
