import type { Page, PageQuery } from '../../auth/identities.ts';
import type { AnswerField, AnswerObject } from '../../gateway/operation.ts';
import type { ParameterTable } from '../../gateway/parameter-table.ts';

/** The parameters of every list that comes in pages. */
export const PAGE_PARAMETERS = {
  Marker: { kind: 'text', maxBytes: 1024, description: 'Where to go on: the Marker of the page before.' },
  MaxItems: { kind: 'integer', min: 1, max: 1000, default: 100, description: 'Entries a page, default 100.' },
} as const satisfies ParameterTable;

export const PAGE_FIELDS: readonly AnswerField[] = [
  { name: 'IsTruncated', type: 'boolean', description: 'Whether more follow.' },
  { name: 'Marker', type: 'string', description: 'For the next page; only where more follow.' },
];

export function pageQuery({ Marker, MaxItems }: { readonly Marker: string; readonly MaxItems: number }): PageQuery {
  return { marker: Marker, maxItems: MaxItems };
}

export function pageFields({ marker }: Page<unknown>): AnswerObject {
  return { IsTruncated: marker !== '', Marker: marker === '' ? undefined : marker };
}
