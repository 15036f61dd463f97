import { describe } from 'vitest';
import type { MakeMediaHome } from './contract/media-fixture.ts';
import { mediaFollowingSuite } from './contract/media-following.ts';
import { mediaListingSuite } from './contract/media-listing.ts';
import { mediaRegisteringSuite } from './contract/media-registering.ts';

/**
 * What every store of media ids does, whatever database it stands on. A new adapter passes all of it: there is no way
 * to leave a part out.
 *
 * @param makeHome an empty place for the data of one test
 */
export function mediaStoreContract(name: string, makeHome: MakeMediaHome): void {
  describe(`${name} keeps the contract of the media stores`, () => {
    mediaRegisteringSuite(makeHome);
    mediaListingSuite(makeHome);
    mediaFollowingSuite(makeHome);
  });
}
