/**
 * Writes docs/reference.md from the tables that the server itself works with: parameters, answers, errors, job
 * failure codes and settings. `npm run docs` runs it; a test fails when the file is out of date.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { API_ERRORS } from '../src/gateway/api-error.ts';
import type { Parameter } from '../src/gateway/parameter-table.ts';
import { PRODUCT_VERSIONS, type Product } from '../src/gateway/product.ts';
import { JOB_FAILURE_CODES } from '../src/jobs/job-failure.ts';
import { ALL_OPERATIONS } from '../src/operations/all-operations.ts';
import { SETTINGS } from '../src/server/settings-table.ts';

export const REFERENCE_FILE = fileURLToPath(new URL('../docs/reference.md', import.meta.url));

const PRODUCTS: readonly { readonly product: Product; readonly heading: string }[] = [
  { product: 'ice', heading: 'Smart jobs (ICE)' },
  { product: 'ram', heading: 'Users, keys, groups, roles and policies (RAM)' },
  { product: 'sts', heading: 'Role sessions (STS)' },
];

/** The text of docs/reference.md. */
export async function referenceDocs(): Promise<string> {
  const text = [
    '# Reference',
    'Made by `npm run docs` from the tables that the server works with. Every operation answers GET and POST on `/`, parameters in the query or in a form body; the version says which product an action belongs to. "Ours" marks what the service does not have.',
    ...PRODUCTS.map(productSection),
    '## Errors',
    'In the order in which a request meets them.',
    table(
      ['Code', 'HTTP', 'When', 'Source'],
      Object.entries(API_ERRORS).map(([code, row]) => [`\`${code}\``, String(row.status), row.meaning, row.source]),
    ),
    '## Codes of failed jobs',
    'A failed job is a successful answer: GetSmartHandleJob shows `ErrorCode` and `ErrorMessage`.',
    table(
      ['ErrorCode', 'Meaning'],
      Object.entries(JOB_FAILURE_CODES).map(([code, when]) => [`\`${code}\``, when]),
    ),
    '## Settings of serve',
    'A flag goes before the environment, the environment before the config file (`--config FILE` or `SMARTJOBS_CONFIG`: a JSON object whose keys are the names below).',
    table(
      ['Setting', 'Flag', 'Default', 'Meaning'],
      SETTINGS.map((row) => [
        `\`${row.name}\``,
        row.flag === undefined ? '' : `\`${row.flag}\``,
        row.default ?? '',
        row.description,
      ]),
    ),
  ].join('\n\n');
  const options = await resolveConfig(REFERENCE_FILE);
  return format(text, { ...options, parser: 'markdown' });
}

function productSection({ product, heading }: (typeof PRODUCTS)[number]): string {
  const operations = ALL_OPERATIONS.filter((operation) => operation.product === product);
  const head = `## ${heading}, version ${PRODUCT_VERSIONS[product]}`;
  return [head, ...operations.map(operationSection)].join('\n\n');
}

function operationSection({
  action,
  summary,
  additive,
  ramAction,
  resources = ['*'],
  parameters,
  answers,
}: (typeof ALL_OPERATIONS)[number]): string {
  const fields = answers.map((field) => [
    `\`${field.name}\``,
    field.type,
    ours(field.additive) + field.description,
  ]);
  return [
    `### ${action}`,
    `${ours(additive)}${summary} RAM action \`${ramAction}\`, resource ${resources.map(shownResource).join(' and ')}.`,
    '#### Parameters',
    parametersTable(parameters),
    '#### Answer',
    fields.length === 0
      ? '`RequestId` alone.'
      : `\`RequestId\`, and:\n\n${table(['Field', 'JSON type', 'Meaning'], fields)}`,
  ].join('\n\n');
}

/** The place of `{UserName}` is written as in the rest of the docs. */
function shownResource(template: string): string {
  return `\`${template.replaceAll(/\{(\w+)\}/g, '<$1>')}\``;
}

function parametersTable(parameters: (typeof ALL_OPERATIONS)[number]['parameters']): string {
  if (Object.keys(parameters).length === 0) return 'None.';
  return table(
    ['Name', 'Type', 'Required', 'Meaning'],
    Object.entries(parameters).map(([name, parameter]) => [
      `\`${name}\``,
      typeOf(parameter),
      parameter.required === true ? 'yes' : 'no',
      ours(parameter.additive) + meaning(parameter),
    ]),
  );
}

function ours(additive: true | undefined): string {
  return additive === true ? '**Ours.** ' : '';
}

function typeOf(parameter: Parameter): string {
  switch (parameter.kind) {
    case 'integer':
      return `integer, ${parameter.min}-${parameter.max}`;
    case 'boolean':
      return '`true` or `false`';
    case 'clock-time':
      return '`HH:MM:SS`';
    case 'time':
      return '`yyyy-MM-ddTHH:mm:ssZ`';
    case 'choice':
      return 'one of the values';
    case 'json':
      return 'JSON text';
    case 'ignored':
      return 'any';
    case 'text':
      return parameter.maxBytes === undefined ? 'text' : `text, at most ${parameter.maxBytes} bytes`;
  }
}

function meaning(parameter: Parameter): string {
  if (parameter.kind === 'ignored') return `**Ignored.** ${parameter.description}`;
  if (parameter.kind === 'boolean' && parameter.default === true)
    return `${parameter.description} Default \`true\`.`;
  if (parameter.kind !== 'choice') return parameter.description;
  const values = parameter.allowed.map((value) => `\`${value}\``).join(', ');
  const fallback = parameter.default === undefined ? '' : ` Default \`${parameter.default}\`.`;
  return `${parameter.description} ${values}.${fallback}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

if (process.argv[1] === import.meta.filename) await writeFile(REFERENCE_FILE, await referenceDocs());
