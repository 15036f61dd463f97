import { signedLink, type LinkSigner } from '../auth/link-key.ts';
import type { Clock } from '../base/clock.ts';
import { parseObjectAddress } from '../objects/object-address.ts';
import type { ResultFiles } from '../objects/result-files.ts';
import type { WorkFiles } from '../objects/work-files.ts';
import type { JobOutputs } from '../operations/services.ts';

/** What the operations do with what jobs made. */
export function jobOutputs(files: ResultFiles, work: WorkFiles, signer: LinkSigner, clock: Clock): JobOutputs {
  return {
    linkTo(account, object) {
      const address = parseObjectAddress(object);
      return address.kind === 'object' ? signedLink(signer, account, address, clock.now()) : '';
    },
    async forget(account, ids) {
      await work.remove(account, ids);
      await files.remove(account, ids);
    },
  };
}
