// Owns the app server's process: reads the configuration, listens, and ends in good order. The launcher starts and watches it.
import type { Config } from '#platform/config/contract.ts';
import { environment } from '#platform/config/environment.ts';
import { loadConfig } from '#platform/config/settings.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import { composeServer } from './compose.ts';

const modes: readonly Config['mode'][] = ['start', 'serve', 'dev'];
const mode = modes.find((one) => one === process.argv[2]) ?? 'start';
const config = loadConfig(environment(), mode);
const logger = createLogger(config.logLevel);

const server = await composeServer({
  config,
  logger,
  onLost() {
    logger.error('the embedded database is gone; ending, to be started again');
    process.exit(1);
  },
});
logger.info({ address: await server.listen(), mode }, 'listening');

/** What is left after this has its own way back: the launcher, and clients that come back. */
const longestEndMs = 2500;
let ending = false;
function end(code: number): void {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(code), longestEndMs).unref();
  server.close().then(
    () => process.exit(code),
    (error) => {
      logger.error({ error }, 'did not end in good order');
      process.exit(1);
    },
  );
}
process.on('SIGTERM', () => end(0));
process.on('SIGINT', () => end(0));
// What it left half-done nobody knows. Everybody is told to come back, and the launcher starts another one.
process.on('uncaughtException', (error) => {
  logger.error({ error }, 'an error that nobody caught; ending, to be started again');
  end(1);
});
process.on('unhandledRejection', (error) => logger.error({ error }, 'unhandled rejection'));
