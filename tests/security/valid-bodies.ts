// Owns making a valid body for any command out of its schema, so that commands that are added later are attacked and refused like the others.
import type { z } from 'zod';
import { sessionCommands } from '#session/decider.ts';

export type CommandType = keyof typeof sessionCommands;
export const commandTypes = Object.keys(sessionCommands) as CommandType[];

/** Values by the name of the field: what a schema can't say, such as whose id it is. */
export type Known = Record<string, unknown>;

interface Definition {
  type: string;
  shape?: Record<string, z.ZodType>;
  innerType?: z.ZodType;
  in?: z.ZodType;
  element?: z.ZodType;
  options?: z.ZodType[];
  values?: unknown[];
  entries?: Record<string, unknown>;
  format?: string;
}
const someId = '00000000-0000-4000-8000-00000000abcd';
const byFormat: Record<string, unknown> = {
  uuid: someId,
  guid: someId,
  datetime: '2026-11-23T12:00:00.000Z',
  url: 'https://fair.example/',
};

function valueFor(schema: z.ZodType, name: string, known: Known): unknown {
  if (Object.hasOwn(known, name)) return known[name];
  const definition = schema._zod.def as unknown as Definition;
  const inside = (inner: z.ZodType | undefined) => (inner ? valueFor(inner, name, known) : undefined);
  switch (definition.type) {
    case 'object':
      return Object.fromEntries(Object.entries(definition.shape ?? {}).map(([key, field]) => [key, valueFor(field, key, known)]));
    case 'string':
      return byFormat[definition.format ?? ''] ?? 'Hello';
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'literal':
      return definition.values?.[0];
    case 'enum':
      return Object.values(definition.entries ?? {})[0];
    case 'array':
      return [inside(definition.element)];
    case 'union':
      return inside(definition.options?.[0]);
    case 'pipe':
      return inside(definition.in);
    case 'optional':
    case 'nullable':
    case 'default':
    case 'readonly':
      return inside(definition.innerType);
    case 'record':
      return {};
    default:
      return null;
  }
}

/** What no schema tells: a row for a command whose valid body can't be guessed. */
const byHand: Partial<Record<CommandType, (known: Known) => Record<string, unknown>>> = {
  'breakouts.extend': () => ({ byMs: 60_000 }),
  'breakouts.set-options': () => ({ timerMs: 60_000, freeChoice: true, sharePresented: false }),
  'materials.embed-video': () => ({ videoId: 'dQw4w9WgXcQ', startSeconds: 0, name: 'Tour' }),
};

/** Throws for a command that needs a row in `byHand`. */
export function validBody(type: CommandType, known: Known = {}): Record<string, unknown> {
  const schema: z.ZodType = sessionCommands[type];
  const body = byHand[type]?.(known) ?? (valueFor(schema, '', { room: 'r1', ...known }) as Record<string, unknown>);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Error(`Give a valid body of ${type} by hand in valid-bodies.ts: ${parsed.error.message}`);
  return body;
}
