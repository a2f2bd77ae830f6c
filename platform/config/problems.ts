// Owns how a wrong configuration is told to a person: every problem at once, each with its variable, cause and way out.
import type { VariableName } from './variables.ts';

export interface Problem {
  variable: VariableName;
  /** A sentence without its subject's value when that is a secret. */
  cause: string;
  wayOut: string;
}

/** Its message is meant for the terminal as it is; a stack trace adds nothing. */
export class ConfigError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const lines = problems.map(({ variable, cause, wayOut }) => `  ${variable}: ${cause}\n    ${wayOut}`);
    const title = problems.length === 1 ? 'A setting is wrong:' : `${problems.length} settings are wrong:`;
    super(`${title}\n${lines.join('\n')}\n  Every variable is explained in .env.example.`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
