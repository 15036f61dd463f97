import type { Page, PageQuery } from '../../../auth/identities.ts';
import { done, notExist, type IdentityOutcome } from '../../../auth/identity-outcome.ts';
import type { AccountId } from '../../../jobs/account.ts';
import type { Statements } from '../statements.ts';
import type { IdentityDatabase } from './identity-database.ts';
import { pageByName } from './paging.ts';

/** What is read in the same way: an account has users, groups and roles under names that are its own. */
export type NamedRows<Row> = {
  readonly noun: 'User' | 'Group' | 'Role';
  readonly find: (statements: Statements, account: AccountId, name: string) => Row | undefined;
  /** SQL with three values: the account, the name that rows come after, how many at most. */
  readonly list: string;
};

export function readNamed<Row>(
  database: IdentityDatabase,
  { noun, find }: NamedRows<Row>,
  account: AccountId,
  name: string,
): Promise<IdentityOutcome<Row>> {
  return database.read(() => {
    const row = find(database.statements, account, name);
    return row === undefined ? notExist(noun, name) : done(row);
  });
}

export function listNamed<Row extends { readonly name: string }>(
  database: IdentityDatabase,
  { list }: NamedRows<Row>,
  account: AccountId,
  query: PageQuery,
): Promise<IdentityOutcome<Page<Row>>> {
  const fetch = (after: string, most: number): Row[] =>
    database.statements.all(list, account, after, most) as Row[];
  return database.read(() => pageByName(query, fetch, (row) => row.name));
}
