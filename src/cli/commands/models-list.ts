import type { CatalogModel } from '../../engines/models/catalog.ts';
import type { Settings } from '../../server/settings.ts';
import { byteSize } from '../byte-size.ts';
import type { CliContext, ExitCode } from '../cli-context.ts';
import type { CommonOptions } from '../client-command.ts';
import { paintFor, type Colour } from '../paint.ts';
import { plainTable } from '../plain-table.ts';
import { printable, printableJson } from '../printable-text.ts';

type State = 'installed' | 'bundled' | 'broken' | 'available';

const COLOURS: Readonly<Record<State, Colour>> = {
  installed: 'green',
  bundled: 'green',
  broken: 'red',
  available: 'dim',
};

/** What is known of a model, in the catalog or in its folder. */
type Row = {
  readonly name: string;
  readonly short: string | null;
  readonly state: State;
  readonly task: string | null;
  readonly family: string | null;
  readonly languages: readonly string[];
  readonly licence: string | null;
  readonly description: string | null;
  /** Of the files to download; null where no public source says it. */
  readonly downloadBytes: number | null;
  /** On this disk; null where it is not installed. */
  readonly bytes: number | null;
  /** Why a broken one is. */
  readonly problem: string | null;
};

export async function listModels(
  cli: CliContext,
  { dir }: Settings['models'],
  { json = false }: CommonOptions,
): Promise<ExitCode> {
  const rows = await allRows(dir);
  if (json) {
    cli.stdout.write(`${printableJson({ modelsDir: dir, models: rows })}\n`);
    return 0;
  }
  const paint = paintFor(cli.stdout, cli.env);
  const head = ['NAME', 'FOR', 'LANGUAGES', 'SIZE', 'LICENCE', 'STATE'];
  const cells = rows.map((row) => [
    row.short ?? printable(row.name),
    row.task ?? '',
    languagesOf(row),
    sizeOf(row),
    printable(row.licence ?? ''),
    paint(COLOURS[row.state], row.state),
  ]);
  cli.stdout.write(`${plainTable(head, cells, paint)}\n`);
  for (const { name, problem } of rows) {
    if (problem !== null) cli.stderr.write(`${printable(name)}: ${printable(problem)}.\n`);
  }
  return 0;
}

/** What is there first, then what can be pulled, each in the order of the catalog. */
async function allRows(dir: string): Promise<Row[]> {
  const { modelCatalog } = await import('../../engines/models/catalog.ts');
  const { readModelsFolder, readInstalled } = await import('../../engines/models/installed-models.ts');
  const { models, broken } = await readModelsFolder(dir);
  const catalog = modelCatalog();
  const here = new Map<string, Row>();
  for (const { name } of models) {
    const read = await readInstalled(dir, name);
    if (read.kind === 'broken') continue;
    const { task, family, languages, licence, bytes } = read.record;
    const known = catalog.find((model) => model.name === name);
    const row = { name, task, family, languages, licence, bytes, state: 'installed', problem: null } as const;
    here.set(name, { ...row, ...namesOf(known) });
  }
  for (const { name, reason } of broken) {
    const known = catalog.find((model) => model.name === name);
    here.set(name, {
      ...(known === undefined ? UNKNOWN : catalogRow(known)),
      name,
      state: 'broken',
      problem: reason,
    });
  }
  const others = catalog.filter(({ name }) => !here.has(name)).map(catalogRow);
  const rank = ({ name }: Row): number => catalog.findIndex((model) => model.name === name);
  const sorted = [...here.values()].toSorted((a, b) => rank(a) - rank(b));
  const bundled = others.filter(({ state }) => state === 'bundled');
  return [...sorted, ...bundled, ...others.filter(({ state }) => state !== 'bundled')];
}

const UNKNOWN = {
  short: null,
  task: null,
  family: null,
  languages: [],
  licence: null,
  description: null,
  downloadBytes: null,
  bytes: null,
} as const;

function namesOf(model: CatalogModel | undefined): Pick<Row, 'short' | 'description' | 'downloadBytes'> {
  if (model === undefined) return { short: null, description: null, downloadBytes: null };
  const sizes = model.sources.map(({ bytes }) => bytes);
  const known = sizes.length > 0 && !sizes.includes(undefined);
  const downloadBytes = known ? sizes.reduce<number>((sum, bytes = 0) => sum + bytes, 0) : null;
  return { short: model.short, description: model.description, downloadBytes };
}

function catalogRow(model: CatalogModel): Row {
  const { name, task, family, languages, licence, bundled } = model;
  const state = bundled === undefined ? 'available' : 'bundled';
  return { name, task, family, languages, licence, state, bytes: null, problem: null, ...namesOf(model) };
}

/** More than this would fill the line. */
const MOST_LANGUAGES = 6;

function languagesOf({ task, languages }: Row): string {
  if (languages.length > MOST_LANGUAGES) return `${languages.length} languages`;
  return languages.length > 0 ? languages.join(' ') : task === null ? '' : 'any';
}

function sizeOf({ bytes, downloadBytes }: Row): string {
  const size = bytes ?? downloadBytes;
  return size === null ? '' : byteSize(size);
}
