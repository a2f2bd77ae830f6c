// Owns the rules between variables: what must not be served, what is missing, what is too weak. Pure; one variable's shape is variables.ts's.
import { isIPv4 } from 'node:net';
import type { Config } from './contract.ts';
import type { Problem } from './problems.ts';
import { type Values, type VariableName, variables } from './variables.ts';

/** Names and addresses that never leave this machine. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
}

/** Whether other machines can come in, by what is listened on or by what a proxy or tunnel announces. */
export function reachesOthers(values: Values): boolean {
  const announced = values.PUBLIC_URL ? new URL(values.PUBLIC_URL).hostname : 'localhost';
  return !isLoopback(values.HOST ?? '127.0.0.1') || !isLoopback(announced) || !isLoopback(values.MEDIA_IP ?? '127.0.0.1');
}

const knownWords = /change.?me|password|example|stagedoor|devkey|your.?secret|replace.?(me|this)|0123456789|123456789|abcdefgh/i;

/** What is weak about a secret, or null. A random one of 32 characters has at least 12 different ones. */
function weakness(secret: string): string | null {
  if (Buffer.byteLength(secret) < 32) return `it has only ${Buffer.byteLength(secret)} of at least 32 characters.`;
  if (new Set(secret).size < 12) return 'it repeats a few characters, so it is easy to guess.';
  if (knownWords.test(secret)) return 'it contains a well-known word, so it is easy to guess.';
  return null;
}

function secretProblems(values: Values, mode: Config['mode']): Problem[] {
  const problems: Problem[] = [];
  for (const name of ['SECRET', 'LIVEKIT_API_SECRET'] as const) {
    const secret = values[name];
    // A LiveKit in development mode has a short, known secret: fine on one's own machine.
    if (secret === undefined || (name === 'LIVEKIT_API_SECRET' && mode !== 'serve')) continue;
    const cause = weakness(secret);
    const orLeaveOut =
      name === 'SECRET' || !values.LIVEKIT_URL ? ' Or leave it out: a good one is made and kept in DATA_DIR.' : '';
    if (cause) problems.push({ variable: name, cause, wayOut: `Give ${variables[name].give}.${orLeaveOut}` });
  }
  return problems;
}

function livekitProblems(values: Values): Problem[] {
  if (values.LIVEKIT_URL) {
    return (['LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'] as const)
      .filter((name) => values[name] === undefined)
      .map((name) => ({
        variable: name,
        cause: 'it is missing, and LIVEKIT_URL is set.',
        wayOut: `Give ${variables[name].give}; or take LIVEKIT_URL away to use the embedded LiveKit.`,
      }));
  }
  if (!reachesOthers(values) || values.MEDIA_IP) return [];
  return [
    {
      variable: 'MEDIA_IP',
      cause: 'it is missing, and other machines are served: they would get neither sound nor picture.',
      wayOut: `Give ${variables.MEDIA_IP.give}: the one under which browsers reach this server. Or set LIVEKIT_URL.`,
    },
  ];
}

function addressProblems(values: Values, mode: Config['mode']): Problem[] {
  const problems: Problem[] = [];
  const url = values.PUBLIC_URL ? new URL(values.PUBLIC_URL) : null;
  if (!url && mode === 'serve') {
    problems.push({
      variable: 'PUBLIC_URL',
      cause: 'it is missing.',
      wayOut: `Give ${variables.PUBLIC_URL.give}; or use npm start to try Stagedoor.`,
    });
  }
  if (url?.protocol === 'http:' && !isLoopback(url.hostname)) {
    problems.push({
      variable: 'PUBLIC_URL',
      cause: `"${values.PUBLIC_URL}" is not https: browsers give cameras and microphones to no such page.`,
      wayOut: 'Put a reverse proxy with a certificate before Stagedoor, and give its https address.',
    });
  }
  if (values.DEMO === undefined && mode !== 'serve' && reachesOthers(values)) {
    problems.push({
      variable: 'DEMO',
      cause: 'other machines would reach the demo people, whose password is known to everybody.',
      wayOut: 'Use npm run serve; or set DEMO=0; or set DEMO=1 by hand if that is what you want.',
    });
  }
  return problems;
}

function portProblems(values: Values): Problem[] {
  const tcp: [VariableName, number][] = [
    ['PORT', values.PORT ?? 3000],
    ['METRICS_PORT', values.METRICS_PORT ?? 0],
    ...(values.LIVEKIT_URL
      ? []
      : ([
          ['LIVEKIT_PORT', values.LIVEKIT_PORT ?? 7880],
          ['LIVEKIT_TCP_PORT', values.LIVEKIT_TCP_PORT ?? 7881],
        ] satisfies [VariableName, number][])),
  ];
  return tcp.flatMap(([name, port], index) => {
    const other = tcp.slice(0, index).find(([, earlier]) => port !== 0 && earlier === port);
    return other ? [{ variable: name, cause: `${port} is also ${other[0]}.`, wayOut: 'Give each its own port.' }] : [];
  });
}

export function ruleProblems(values: Values, mode: Config['mode']): Problem[] {
  return [...addressProblems(values, mode), ...secretProblems(values, mode), ...livekitProblems(values), ...portProblems(values)];
}
