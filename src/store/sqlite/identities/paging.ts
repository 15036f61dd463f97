import type { Page, PageQuery } from '../../../auth/identities.ts';
import { done, type IdentityOutcome, type InvalidField } from '../../../auth/identity-outcome.ts';
import { checkPage } from '../../../auth/identity-rules.ts';

/**
 * One page of what is ordered by a name.
 * @param fetch up to so many items whose names come after this one; '' comes before all
 */
export function pageByName<Item>(
  query: PageQuery,
  fetch: (after: string, most: number) => readonly Item[],
  nameOf: (item: Item) => string,
): IdentityOutcome<Page<Item>> {
  const badPage = checkPage(query);
  if (badPage !== undefined) return badPage;
  const after = readMarker(query.marker);
  if (typeof after === 'object') return after;
  const found = fetch(after, query.maxItems + 1);
  const items = found.slice(0, query.maxItems);
  const last = items.at(-1);
  return done({ items, marker: found.length > items.length && last !== undefined ? markerOf(nameOf(last)) : '' });
}

/** The name of the last item before the page. It holds its place also when that item is gone. */
function markerOf(name: string): string {
  return Buffer.from(name).toString('base64url');
}

function readMarker(marker: string): string | InvalidField {
  const name = Buffer.from(marker, 'base64url').toString();
  if (markerOf(name) === marker) return name;
  const message = 'Marker must be the Marker of the page before, as it was given, or empty for the first page.';
  return { kind: 'invalid', field: 'Marker', rule: 'Format', message };
}
