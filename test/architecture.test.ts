import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** A folder imports only from rows below its own; folders of one row do not know each other. */
const ROWS = [
  ['base'],
  ['jobs'],
  ['audit', 'auth', 'engines', 'objects'],
  ['gateway', 'object-front', 'pipelines', 'store'],
  ['operations', 'worker'],
  ['server', 'client'],
  ['cli'],
] as const;

const DRAWERS = new Set([
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'types',
  'interfaces',
  'misc',
  'lib',
  'shared',
]);
const LONGEST_FILE = 300;

const root = resolve(import.meta.dirname, '..');

const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .toString()
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)));

const sources = tracked.filter((path) => /^src\/.*\.ts$/.test(path));

function rowOf(folder: string): number {
  return ROWS.findIndex((row) => (row as readonly string[]).includes(folder));
}

/** The layer folder of a path in src/: `src/store/sqlite/x.ts` is of `store`. */
function folderOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** The paths, seen from the root, of what a file imports or re-exports by a relative path. */
function importsOf(path: string, text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  const specifiers = code.matchAll(/(?:\bfrom|\bimport|\bimport\s*\()\s*['"](\.{1,2}\/[^'"]+)['"]/g);
  return [...specifiers].map(([, specifier = '']) => posix.join(dirname(path), specifier));
}

type Edge = { readonly from: string; readonly to: string };

const edges: Edge[] = sources.flatMap((path) =>
  importsOf(path, read(path)).map((imported) => ({ from: path, to: imported })),
);

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

describe('layers', () => {
  test('every folder of src has a row in the table', () => {
    expect(new Set(sources.map(folderOf).filter((folder) => rowOf(folder) < 0))).toEqual(new Set());
  });

  test('the scanner sees all forms of a relative import, and no others', () => {
    const text = [
      "import { a } from './a.ts';",
      "import type { B } from '../jobs/b.ts';",
      "import './c.ts';",
      "export { d } from './d.ts';",
      "const e = await import('./e.ts');",
      "import fs from 'node:fs';",
      "// import { f } from './f.ts';",
      "/* import { g } from './g.ts'; */",
      'import {\n  h,\n  i,\n} from "./h.ts";',
    ].join('\n');
    const found = ['store/a', 'jobs/b', 'store/c', 'store/d', 'store/e', 'store/h'];
    expect(importsOf('src/store/x.ts', text)).toEqual(found.map((path) => `src/${path}.ts`));
  });

  test('a folder imports only from rows below its own', () => {
    const upward = edges
      .filter(({ from, to }) => folderOf(from) !== folderOf(to) && rowOf(folderOf(to)) >= rowOf(folderOf(from)))
      .map(({ from, to }) => `${from} imports ${to}`);
    expect(upward).toEqual([]);
  });

  test('source files import only source files, by names that exist', () => {
    const known = new Set(sources);
    expect(edges.filter(({ to }) => !known.has(to)).map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test('only tests import tests', () => {
    const isTest = (path: string): boolean => path.endsWith('.test.ts');
    expect(edges.filter(({ from, to }) => isTest(to) && !isTest(from))).toEqual([]);
  });

  test('no file is in a cycle of imports', () => {
    expect(cycleAmong(edges.filter(({ from }) => !from.endsWith('.test.ts')))).toEqual([]);
  });

  test('a cycle is found where there is one', () => {
    const loop = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'b' },
    ];
    expect(cycleAmong(loop)).toEqual(['b', 'c', 'b']);
  });
});

describe('names and sizes', () => {
  test('no folder or file is a drawer', () => {
    const isDrawer = (part: string): boolean => DRAWERS.has(part.replace(/(\.test)?\.[a-z]+$/, ''));
    const ours = tracked.filter((path) => /^(src|test|scripts|bench)\//.test(path));
    expect(ours.filter((path) => path.split('/').some(isDrawer))).toEqual([]);
  });

  test('files are named in kebab-case', () => {
    expect(sources.filter((path) => !/^[a-z0-9]+([-./][a-z0-9]+)*$/.test(path))).toEqual([]);
  });

  test(`no file of code has more than ${LONGEST_FILE} lines`, () => {
    const code = tracked.filter((path) => /^(src|test|scripts|bench|bin)\/.*\.(ts|js)$/.test(path));
    const long = code.map((path) => ({ path, lines: read(path).split('\n').length - 1 }));
    expect(long.filter(({ lines }) => lines > LONGEST_FILE)).toEqual([]);
  });
});

describe('the repository', () => {
  test('package-lock.json names no download addresses', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });

  test('no file names a place of the machine it was written on', () => {
    const places = [/\/home\/[a-z]/, /\/Users\/[a-z]/i, /\/root\//, /[\s'"`(]\/(?:work|tmp)\//];
    const text = tracked.filter((path) => /\.(ts|js|json|md|ya?ml|sh|sql|html|css)$|^\.ci\/run$/.test(path));
    const clone = `${root}/`;
    const here = relative(root, import.meta.filename);
    const found = text.filter((path) => {
      const content = read(path);
      return path !== here && (content.includes(clone) || places.some((place) => place.test(content)));
    });
    expect(found).toEqual([]);
  });
});

/** One cycle of the graph as a path whose first and last node are the same, or an empty list. */
function cycleAmong(graph: readonly Edge[]): string[] {
  const targets = targetsByNode(graph);
  const done = new Set<string>();

  function visit(node: string, path: readonly string[]): string[] {
    const seen = path.indexOf(node);
    if (seen >= 0) return [...path.slice(seen), node];
    if (done.has(node)) return [];
    for (const next of targets.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle.length > 0) return cycle;
    }
    done.add(node);
    return [];
  }

  for (const node of targets.keys()) {
    const cycle = visit(node, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

function targetsByNode(graph: readonly Edge[]): Map<string, string[]> {
  const targets = new Map<string, string[]>();
  for (const { from, to } of graph) targets.set(from, [...(targets.get(from) ?? []), to]);
  return targets;
}
