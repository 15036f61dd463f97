import type { CliContext } from './cli-context.ts';
import { paintFor } from './paint.ts';
import { plainTable } from './plain-table.ts';
import { printable } from './printable-text.ts';

/** An answer of the API as it came. */
export type AnswerBody = Readonly<Record<string, unknown>>;

/** How an answer is shown to people. */
export type AnswerText =
  /** One sentence about what was done. */
  | { readonly kind: 'said'; readonly said: (values: Readonly<Record<string, string>>) => string }
  /** A line for each field of an object, such as `MediaInfo.MediaBasicInfo`, or of the whole answer. */
  | { readonly kind: 'fields'; readonly of?: string }
  /**
   * A row for each element of the array there, such as `{Users: {User: […]}}`, with columns by their names; in an
   * object of the element as `MediaBasicInfo.Title`, which is headed `Title`.
   */
  | { readonly kind: 'table'; readonly of: readonly string[]; readonly columns: readonly string[] };

export function printAnswerText(
  cli: CliContext,
  text: AnswerText,
  body: AnswerBody,
  values: Readonly<Record<string, string>>,
): void {
  if (text.kind === 'said') cli.stdout.write(`${printable(text.said(values))}\n`);
  else if (text.kind === 'fields')
    cli.stdout.write(fieldLines(text.of === undefined ? withoutRequestId(body) : at(body, text.of.split('.'))));
  else printTable(cli, text.of, text.columns, body);
}

function fieldLines(object: unknown): string {
  const fields = Object.entries(asObject(object)).filter(([, value]) => value !== '');
  const width = Math.max(0, ...fields.map(([name]) => name.length));
  return fields.map(([name, value]) => `${name.padEnd(width)}  ${printable(shown(value))}\n`).join('');
}

function printTable(cli: CliContext, path: readonly string[], columns: readonly string[], body: AnswerBody): void {
  const rows = (at(body, path) ?? []) as readonly AnswerBody[];
  const paint = paintFor(cli.stdout, cli.env);
  if (rows.length > 0) {
    const cells = rows.map((row) => columns.map((column) => printable(shown(at(row, column.split('.'))))));
    const heads = columns.map((column) => column.split('.').at(-1) ?? '');
    cli.stdout.write(`${plainTable(heads, cells, paint)}\n`);
  }
  const { Marker: marker, NextToken: token } = body;
  if (typeof marker === 'string') cli.stderr.write(`More follow: --marker ${printable(marker)}\n`);
  if (typeof token === 'string' && token !== '') {
    cli.stderr.write(`More follow: --next-token ${printable(token)}, and the same filters\n`);
  }
}

function at(object: unknown, path: readonly string[]): unknown {
  return path.reduce((place, name) => asObject(place)[name], object);
}

function withoutRequestId({ RequestId: _requestId, ...fields }: AnswerBody): AnswerBody {
  return fields;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function asObject(value: unknown): AnswerBody {
  return typeof value === 'object' && value !== null ? (value as AnswerBody) : {};
}
