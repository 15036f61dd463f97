import { describe } from 'vitest';
import type { MakeHotwordHome } from './contract/hotword-fixture.ts';
import { hotwordKeepingSuite } from './contract/hotword-keeping.ts';
import { hotwordListingSuite } from './contract/hotword-listing.ts';

/**
 * What every store of hotword libraries does, whatever database it stands on.
 *
 * @param makeHome an empty place for the data of one test
 */
export function hotwordStoreContract(name: string, makeHome: MakeHotwordHome): void {
  describe(`${name} keeps the contract of the hotword libraries`, () => {
    hotwordKeepingSuite(makeHome);
    hotwordListingSuite(makeHome);
  });
}
