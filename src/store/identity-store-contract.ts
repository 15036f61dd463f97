import { describe } from 'vitest';
import { attachingSuite } from './contract/identity-attaching.ts';
import type { MakeIdentityHome } from './contract/identity-fixture.ts';
import { groupsSuite } from './contract/identity-groups.ts';
import { identityHistorySuite } from './contract/identity-histories.ts';
import { userKeysSuite } from './contract/identity-keys.ts';
import { identityPagingSuite } from './contract/identity-paging.ts';
import { policiesSuite } from './contract/identity-policies.ts';
import { rolesSuite } from './contract/identity-roles.ts';
import { tenantsSuite } from './contract/identity-tenants.ts';
import { usersSuite } from './contract/identity-users.ts';

/**
 * What every identity store does, whatever database it stands on. A new adapter passes all of it: there is no way
 * to leave a part out.
 *
 * @param makeHome an empty place for the data of one test
 */
export function identityStoreContract(name: string, makeHome: MakeIdentityHome): void {
  describe(`${name} keeps the contract of the identity stores`, () => {
    usersSuite(makeHome);
    groupsSuite(makeHome);
    rolesSuite(makeHome);
    userKeysSuite(makeHome);
    policiesSuite(makeHome);
    attachingSuite(makeHome);
    identityPagingSuite(makeHome);
    tenantsSuite(makeHome);
    identityHistorySuite(makeHome);
  });
}
