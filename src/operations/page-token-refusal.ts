import { refuse, type Refusal } from '../gateway/api-error.ts';

/** Tokens are sealed: what is wrong with one cannot be told, and is told nobody. */
export function refusePageToken(): Refusal {
  return refuse(
    'InvalidParameter',
    "'NextToken' is invalid: it is damaged, or was given by another server, to another account, or for other filters or another order. Begin again without it, and keep all filters and SortBy the same from page to page.",
  );
}
