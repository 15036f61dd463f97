import { describe } from 'vitest';
import { callerChangesSuite } from './contract/caller-changes.ts';
import { checkpointingSuite } from './contract/checkpointing.ts';
import { claimingSuite } from './contract/claiming.ts';
import { historySuite } from './contract/histories.ts';
import { leaseWritingSuite } from './contract/lease-writing.ts';
import { listingSuite } from './contract/listing.ts';
import type { MakeHome } from './contract/store-fixture.ts';
import { queueQuotaSuite } from './contract/queue-quota.ts';
import { submittingOnceSuite } from './contract/submitting-once.ts';
import { submittingSuite } from './contract/submitting.ts';

/**
 * What every job store does, whatever database it stands on. A new adapter passes all of it: there is no way to
 * leave a part out.
 *
 * @param makeHome an empty place for the data of one test
 * @param makeUnsyncedHome the same for the random histories, without waiting for the disk where the store allows it:
 * they make some ten thousand writes, and none of them loses power
 */
export function jobStoreContract(name: string, makeHome: MakeHome, makeUnsyncedHome: MakeHome): void {
  describe(`${name} keeps the contract of the job stores`, () => {
    submittingSuite(makeHome);
    submittingOnceSuite(makeHome);
    queueQuotaSuite(makeHome);
    listingSuite(makeHome);
    callerChangesSuite(makeHome);
    claimingSuite(makeHome);
    leaseWritingSuite(makeHome);
    checkpointingSuite(makeHome);
    historySuite(makeHome, makeUnsyncedHome);
  });
}
