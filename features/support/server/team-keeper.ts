// Owns that conversations which are open somewhere learn soon who joined or left the event's team (SU2). Any server may do it, and all try.
import type { Logger } from 'pino';
import type { ConversationDeps } from './conversations.ts';
import { listOutdatedTeams, renewTeam } from './conversations.ts';

export interface TeamKeeperOptions extends ConversationDeps {
  logger: Pick<Logger, 'warn'>;
  everyMs?: number;
}

export function createTeamKeeper({ logger, everyMs = 2000, ...deps }: TeamKeeperOptions): { close(): Promise<void> } {
  let closed = false;
  let timer: NodeJS.Timeout;
  let turning: Promise<void> = Promise.resolve();
  const turn = async () => {
    for (const id of await listOutdatedTeams(deps.db)) await renewTeam(deps, id);
  };
  const schedule = () => {
    timer = setTimeout(() => {
      turning = turn()
        .catch((error) => logger.warn({ error }, 'support teams not compared'))
        .then(() => {
          if (!closed) schedule();
        });
    }, everyMs);
  };
  schedule();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await turning;
    },
  };
}
