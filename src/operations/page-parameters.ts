import type { ParameterTable } from '../gateway/parameter-table.ts';

const PAGE_SIZE_DEFAULT = 10;
const PAGE_SIZE_MAX = 100;

/** The two ways of paging and the order, for the lists that have them all. @param what such as `Jobs` */
export function pageParameters(what: string) {
  return {
    MaxResults: {
      kind: 'integer',
      min: 1,
      max: PAGE_SIZE_MAX,
      description: `${what} a page, before PageSize; ${PAGE_SIZE_DEFAULT} where neither is given.`,
    },
    PageNo: {
      kind: 'integer',
      min: 1,
      max: 2_147_483_647,
      description: 'Number of the page, default 1. Without effect beside a NextToken.',
    },
    PageSize: {
      kind: 'integer',
      min: 1,
      max: PAGE_SIZE_MAX,
      description: `${what} a page where MaxResults is not given; ${PAGE_SIZE_DEFAULT} where neither is.`,
    },
    SortBy: {
      kind: 'choice',
      allowed: ['CreationTime:Asc', 'CreationTime:Desc'],
      default: 'CreationTime:Desc',
      description: 'The order of the list.',
    },
  } as const satisfies ParameterTable;
}

type Given = { readonly MaxResults: number | undefined; readonly PageSize: number | undefined };

export function pageSizeOf({ MaxResults, PageSize }: Given): number {
  return MaxResults ?? PageSize ?? PAGE_SIZE_DEFAULT;
}
