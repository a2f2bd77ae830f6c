// Owns which modules of the Session's page travel together: many small files press badly, and what is used together may as well come together.
// Only what is fetched later is gathered; what the first pages need, and what other pages share, is cut as Vite does it.
import path from 'node:path';

/** What the bundler knows of a module. */
export interface Known {
  isEntry: boolean;
  importers: readonly string[];
  dynamicImporters: readonly string[];
}
type Know = (id: string) => Known | null;

/**
 * By the files that are asked for when they are needed, and only from inside; whoever asks for one of a group gets all of it, after all groups before it.
 * Each more would cost about as much again as what it holds back: gzip knows nothing of other files.
 */
const groups: Record<string, readonly string[]> = {
  inside: ['inside'],
  // What anybody may come to see: the panel's tabs, what is presented, one's own settings, coming on stage, breakout rooms.
  watching: [
    ...['chat-tab', 'questions-tab', 'company-panel', 'side-sheet-place', 'settings-sheet', 'backgrounds-sheet'],
    ...['presentation-place', 'presentation-screen', 'presentation-video', 'screen-tile', 'screen-tools'],
    ...['request-dialog', 'countdown-curtain', 'stage-rooms', 'stage-room-line'],
  ],
  // What only speakers do.
  directing: ['present-menu', 'embed-video-dialog', 'requests-list', 'coming-lines', 'breakouts-sheet', 'help-calls'],
};
const order = Object.keys(groups);
/** Asked for only from inside, and too large to travel with anything. */
const alone: ReadonlySet<string> = new Set(['presentation-pdf', 'materials-sheet']);
/** Without their endings; each must be the name of a file. */
export const filesAskedFor: readonly string[] = [...Object.values(groups).flat(), ...alone];
const groupOf = new Map(Object.entries(groups).flatMap(([group, names]) => names.map((name) => [name, group] as const)));

/** From where a module is reached without asking for anything more: the page itself, or files that are fetched later. */
function createRoots(know: Know): (id: string) => ReadonlySet<string> {
  const found = new Map<string, Set<string>>();
  const visit = (id: string, roots: Set<string>, seen: Set<string>) => {
    if (seen.has(id)) return;
    seen.add(id);
    const module = know(id);
    if (!module) return;
    if (module.isEntry || module.dynamicImporters.length > 0) roots.add(path.basename(id).replace(/\.tsx?$/, ''));
    for (const importer of module.importers) visit(importer, roots, seen);
  };
  return (id) => {
    const known = found.get(id) ?? new Set<string>();
    if (!found.has(id)) visit(id, known, new Set());
    found.set(id, known);
    return known;
  };
}

/** The group of a module: of those that need it, the one that comes first. Null: as Vite cuts it. */
export function chunkOf(id: string, know: Know, rootsOf = createRoots(know)): string | null {
  const needed = [...rootsOf(id)].filter((root) => !alone.has(root)).map((root) => groupOf.get(root));
  if (needed.length === 0 || needed.includes(undefined)) return null;
  return order.find((group) => needed.includes(group)) ?? null;
}

/** For the bundler, which asks module by module in each pass. */
export function chunksByUse(): (id: string, context: { getModuleInfo: Know }) => string | null {
  const passes = new WeakMap<object, ReturnType<typeof createRoots>>();
  return (id, context) => {
    const rootsOf = passes.get(context) ?? createRoots((asked) => context.getModuleInfo(asked));
    passes.set(context, rootsOf);
    return chunkOf(id, (asked) => context.getModuleInfo(asked), rootsOf);
  };
}
