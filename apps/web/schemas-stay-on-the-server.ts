// Owns standing in for zod in the browser (vite.config.ts): the contracts share their types and constants with the web, and the checks
// stay on the server. Saves 20 kB, and zod's attempt to compile code, which the content security policy forbids.
interface Schema {
  (...args: unknown[]): Schema;
  [method: string]: Schema;
}

const checking = new Set(['parse', 'safeParse', 'parseAsync', 'safeParseAsync']);

export const z: Schema = new Proxy((() => z) as unknown as Schema, {
  apply: () => z,
  get: (_target, name) => {
    if (typeof name === 'string' && checking.has(name)) throw new Error('schemas are checked on the server only');
    return z;
  },
});
