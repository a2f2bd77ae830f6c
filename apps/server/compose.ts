// Owns the wiring of the app server: makes each part with what it needs, and ends them in the reverse order.
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { registerChatHistory } from '#features/chat/server/history.ts';
import { createFileKeeper } from '#features/materials/server/file-keeper.ts';
import { createPdfReader } from '#features/materials/server/pdf-reader.ts';
import { registerMaterials } from '#features/materials/server/routes.ts';
import { createThumbnails } from '#features/materials/server/thumbnails.ts';
import { registerQuestions } from '#features/questions/server/routes.ts';
import { supportDecider } from '#features/support/core.ts';
import { createSupportAdmission } from '#features/support/server/conversations.ts';
import { registerSupport } from '#features/support/server/routes.ts';
import { createTeamKeeper } from '#features/support/server/team-keeper.ts';
import { createBackupKeeper } from '#platform/backup/backup-keeper.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Config } from '#platform/config/contract.ts';
import type { Db } from '#platform/db/contract.ts';
import { createDatabaseClock } from '#platform/db/database-clock.ts';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openServerDatabase } from '#platform/db/server.ts';
import type { FileStore } from '#platform/files/contract.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import { createHttpApp } from '#platform/http/app.ts';
import { registerHealth } from '#platform/http/health.ts';
import { ownOrigins } from '#platform/http/origins.ts';
import { answerUpgrades } from '#platform/http/upgrades.ts';
import { registerWeb } from '#platform/http/web.ts';
import type { Admission } from '#platform/live/admission.ts';
import { isConnected } from '#platform/live/connected.ts';
import type { Leases } from '#platform/live/leases.ts';
import { createLeases } from '#platform/live/leases.ts';
import { createLiveServer } from '#platform/live/live-server.ts';
import { createOpenings } from '#platform/live/openings.ts';
import { createPresenceKeeper } from '#platform/live/presence-keeper.ts';
import type { Log } from '#platform/log/contract.ts';
import { createLog } from '#platform/log/log.ts';
import { createMedia } from '#platform/media/media.ts';
import { startMetrics } from '#platform/metrics/metrics-server.ts';
import { sessionDecider } from '#session/decider.ts';
import type { Accounts } from '#shell/accounts/server/accounts.ts';
import { createAccounts } from '#shell/accounts/server/accounts.ts';
import { ensureDemo } from '#shell/demo/server/ensure-demo.ts';
import { createAdmission } from '#shell/events/server/admission.ts';
import { readVisibleEvent } from '#shell/events/server/event-rows.ts';
import { createProgramBook } from '#shell/events/server/program-book.ts';
import { registerEvents } from '#shell/events/server/routes.ts';
import { listSessionsWithMedia, notePresence, sessionRules } from './session-rules.ts';
import { supportRules } from './support-rules.ts';

export interface AppServer {
  app: FastifyInstance;
  db: Db;
  log: Log;
  accounts: Accounts;
  /** Where it listens, e.g. `http://127.0.0.1:3000`. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

export interface ComposeOptions {
  config: Config;
  logger: Logger;
  /** The database was lost and can't come back in this process. */
  onLost?: () => void;
}

export async function composeServer({ config, logger, onLost }: ComposeOptions): Promise<AppServer> {
  const closers: (() => Promise<unknown> | unknown)[] = [];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    const db = config.databaseUrl
      ? await openServerDatabase({ url: config.databaseUrl, logger })
      : await openEmbeddedDatabase({ dataDir: config.dataDir, logger, onLost });
    closers.push(() => db.close());
    await migrate(db);
    const clock = await createDatabaseClock(db);
    closers.push(() => clock.stop());
    const log = await createLog({ db, deciders: [sessionDecider, supportDecider], logger });
    closers.push(() => log.stop());
    const accounts = await createAccounts(db, config);
    closers.push(() => accounts.logins.stop());
    if (config.demo)
      await ensureDemo({ db, log, people: accounts.people, program: createProgramBook(log), now: new Date(clock.now()) });

    const store = await openFiles(config.dataDir, closers);
    const app = await createHttpApp({ publicUrl: config.publicUrl, logger });
    keepBackups({ config, clock, db, store, logger }, closers);
    const leases = createLeases({ db });
    await wire({ config, logger, clock, db, log, accounts, app, leases, store }, closers);
    return {
      app,
      db,
      log,
      accounts,
      async listen() {
        await app.listen({ host: config.host, port: config.port });
        const { address, port } = app.server.address() as AddressInfo;
        return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Wiring {
  config: Config;
  logger: Logger;
  clock: Clock;
  db: Db;
  log: Log;
  accounts: Accounts;
  app: FastifyInstance;
  leases: Leases;
  store: FileStore;
}

async function wire(
  { config, logger, clock, db, log, accounts, app, leases, store }: Wiring,
  closers: (() => unknown)[],
): Promise<void> {
  const { logins, directory } = accounts;
  const admission = createAdmission(db);
  const allowedOrigins = [...ownOrigins(config.publicUrl)];
  const live = createLiveServer({
    log,
    logins,
    admission,
    db,
    logger,
    clock,
    build: config.build,
    allowedOrigins,
    decider: sessionDecider,
    viewerAudiences: sessionRules.viewerAudiences,
    audiencesDependOn: sessionRules.audiencesDependOn,
    otherKinds: [{ ...supportRules, admission: createSupportAdmission({ db, log }) }],
  });
  const presence = createPresenceKeeper({
    db,
    log,
    leases,
    logger,
    kind: sessionDecider.kind,
    knownPresence: sessionRules.knownPresence,
    mayBePresent: sessionRules.mayBePresent,
    noteDifferences: (streamId, differences) => notePresence(log, streamId, differences),
  });
  const media = createMedia({
    livekit: config.livekit,
    secret: config.secret,
    log,
    logins,
    admission,
    openings: createOpenings(db),
    isSignedIn: (personId) => logins.isSignedIn(personId),
    leases,
    logger,
    placementOf: sessionRules.placementOf,
    openRoomsOf: sessionRules.openRoomsOf,
    listStreams: () => listSessionsWithMedia(db),
    allowedOrigins,
  });
  answerUpgrades(app.server, [live.door, media.door]);
  media.registerRoutes(app);
  accounts.register(app);
  registerEvents(app, { db, log, logins, admission, directory });
  registerChatHistory(app, { db, log, logins, admission, audiencesOf: sessionRules.viewerAudiences });
  const { viewerAudiences: audiencesOf, questionsOf } = sessionRules;
  registerQuestions(app, { log, logins, admission, directory, audiencesOf, questionsOf });
  await wireMaterials({ config, logger, db, log, accounts, app, store, admission }, closers);
  registerSupport(app, { db, log, logins, directory, findEvent: (personId, slug) => readVisibleEvent(db, personId, slug) });
  const teams = createTeamKeeper({ db, log, logger });
  const database = async () => {
    await db.query('select 1');
    return { status: 'ok', note: db.kind } as const;
  };
  registerHealth(app, { database, media: () => media.health() }, ['database']);
  await registerWeb(app, config.webDir);
  await wireMetrics(config, () => live.counts(), closers);
  // In the order of the ends: sockets first, so that everybody comes back to another server; the log and the database last.
  closers.push(
    () => app.close(),
    () => leases.releaseAll(),
    () => media.stop(),
    () => presence.close(),
    () => teams.close(),
    () => live.close(),
  );
}

async function wireMetrics(
  { host, metricsPort }: Config,
  counts: () => { sockets: number; streams: number },
  closers: (() => unknown)[],
): Promise<void> {
  if (!metricsPort) return;
  const gauges = {
    sockets: { help: 'Open live sockets on this server', read: () => counts().sockets },
    streams: { help: 'Streams followed by this server', read: () => counts().streams },
  };
  const metrics = await startMetrics({ host, port: metricsPort, gauges });
  closers.push(() => metrics.close());
}

async function wireMaterials(
  { config, logger, db, log, accounts, app, store, admission }: Omit<Wiring, 'clock' | 'leases'> & { admission: Admission },
  closers: (() => unknown)[],
): Promise<void> {
  const reader = createPdfReader();
  const keeper = await createFileKeeper({ db, store, logger });
  closers.push(
    () => keeper.close(),
    () => reader.close(),
  );
  const thumbnails = createThumbnails({ store, reader });
  const { viewerAudiences: audiencesOf } = sessionRules;
  const parts = { db, log, logins: accounts.logins, admission, audiencesOf, store, keeper, reader, thumbnails };
  const isHere = (sessionId: string, personId: string) => isConnected(db, sessionId, personId);
  registerMaterials(app, { ...parts, isConnected: isHere, limits: config.materials });
}

function keepBackups(
  { config, ...parts }: Pick<Wiring, 'config' | 'clock' | 'db' | 'store' | 'logger'>,
  closers: (() => unknown)[],
): void {
  const { backups, dataDir } = config;
  if (!backups?.everyMs || parts.db.kind !== 'embedded' || dataDir === 'memory://') return;
  const keeper = createBackupKeeper({ ...parts, ...backups, folder: join(dataDir, 'backups') });
  closers.push(() => keeper.close());
}

/** Beside the embedded database, also where the database is a server: then all servers of an installation share the folder. */
async function openFiles(dataDir: string, closers: (() => unknown)[]): Promise<FileStore> {
  if (dataDir !== 'memory://') return openFileStore(join(dataDir, 'files'));
  const folder = await mkdtemp(join(tmpdir(), 'stagedoor-files-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  return openFileStore(folder);
}
