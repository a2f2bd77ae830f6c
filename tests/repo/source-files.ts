// Owns what the repo tests look at: every file of the project, and each source file's imports, exports and functions as the parser sees them.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ESTree, parseSync } from 'vite';

export const root = path.resolve(import.meta.dirname, '../..');

/** Everything that is or would be committed. */
export const projectFiles: readonly string[] = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => file !== '' && existsSync(path.join(root, file)));

export const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');
export const lineCount = (text: string): number => text.trimEnd().split('\n').length;
/** Tests, and what only tests use. */
export const isTest = (file: string): boolean =>
  /^(tests|bench)\//.test(file) || /(^|[-./])(test|testing|suite|bed)[-./]/.test(file);

export interface Import {
  /** As written. */
  specifier: string;
  /** Gone before anything runs. */
  typeOnly: boolean;
}

export interface SourceFunction {
  name: string;
  lines: number;
}

export interface SourceFile {
  file: string;
  text: string;
  /** Of every kind, re-exports included. */
  imports: Import[];
  exportsAll: boolean;
  exportsDefault: boolean;
  exportedNames: string[];
  functions: SourceFunction[];
  /** PascalCase functions at the top level. */
  components: string[];
  /** Globals that are read, such as `document` or `process.env`. */
  globals: Set<string>;
}

type Node = ESTree.Node;
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

function* walk(node: Node, parents: readonly Node[] = []): Generator<[Node, readonly Node[]]> {
  yield [node, parents];
  const inside = [...parents, node];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* walk(child, inside);
  }
}

const watchedGlobals = new Set(['window', 'document', 'navigator', 'localStorage', 'sessionStorage', 'location']);

function importedBy(node: Node): Import | null {
  if (node.type === 'ImportDeclaration') return { specifier: node.source.value, typeOnly: node.importKind === 'type' };
  if (node.type === 'ExportAllDeclaration') return { specifier: node.source.value, typeOnly: node.exportKind === 'type' };
  if (node.type === 'ExportNamedDeclaration' && node.source)
    return { specifier: node.source.value, typeOnly: node.exportKind === 'type' };
  if (node.type === 'ImportExpression' && node.source.type === 'Literal')
    return { specifier: String(node.source.value), typeOnly: false };
  return null;
}

function globalRead(node: Node, declared: ReadonlySet<string>): string | null {
  if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') return null;
  const { name } = node.object;
  if (name === 'process' && node.property.type === 'Identifier' && node.property.name === 'env') return 'process.env';
  return watchedGlobals.has(name) && !declared.has(name) ? name : null;
}

function nameOf(node: Node, parent: Node | undefined): string {
  if ('id' in node && node.id && isNode(node.id) && node.id.type === 'Identifier') return node.id.name;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  if ((parent?.type === 'Property' || parent?.type === 'MethodDefinition') && parent.key.type === 'Identifier')
    return parent.key.name;
  return 'a nameless function';
}

const isFunction = (node: Node) =>
  node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';

function parse(file: string): SourceFile {
  const text = textOf(file);
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const source: SourceFile = {
    file,
    text,
    imports: [],
    exportsAll: false,
    exportsDefault: false,
    exportedNames: [],
    functions: [],
    components: [],
    globals: new Set(),
  };
  const nodes = [...walk(program as Node)];
  const declared = new Set(
    nodes.flatMap(([node, parents]) => (node.type === 'Identifier' && declares(node, parents.at(-1)) ? [node.name] : [])),
  );
  for (const [node, parents] of nodes) {
    const parent = parents.at(-1);
    const imported = importedBy(node);
    if (imported !== null) source.imports.push(imported);
    const global = globalRead(node, declared);
    if (global) source.globals.add(global);
    if (node.type === 'ExportAllDeclaration') source.exportsAll = true;
    if (node.type === 'ExportDefaultDeclaration') source.exportsDefault = true;
    if (!isFunction(node)) continue;
    const name = nameOf(node, parent);
    source.functions.push({ name, lines: lineCount(text.slice(node.start, node.end)) });
    const atTop = parents.filter(isFunction).length === 0;
    if (atTop && file.endsWith('.tsx') && /^[A-Z]/.test(name)) source.components.push(name);
  }
  source.exportedNames = [...text.matchAll(/^export (?:async )?(?:const|function|class|interface|type|let) (\w+)/gm)].map(
    (match) => match[1] ?? '',
  );
  return source;
}

function declares(node: Node, parent: Node | undefined): boolean {
  if (!parent) return false;
  if (parent.type === 'VariableDeclarator') return parent.id === node;
  if (parent.type === 'Property') return parent.value === node && parent.shorthand;
  return isFunction(parent) && 'params' in parent && (parent.params as unknown[]).includes(node);
}

export const sourceFiles: readonly SourceFile[] = projectFiles.filter((file) => /\.(tsx?|mjs)$/.test(file)).map(parse);
