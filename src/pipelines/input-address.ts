import type { AccountId } from '../jobs/account.ts';
import type { MediaStore } from '../jobs/media-store.ts';
import { resolveInput } from '../jobs/resolve-input.ts';
import type { ObjectAddress } from '../objects/object-address.ts';

/** What an input of a job names now. Undefined: a media that the account has not. */
export type InputAddress = (account: AccountId, input: string) => Promise<ObjectAddress | undefined>;

export function inputAddress(
  media: Pick<MediaStore, 'get'>,
  addressOf: (input: string) => ObjectAddress,
): InputAddress {
  return async (account, input) => {
    const resolved = await resolveInput(media, account, input);
    return resolved.kind === 'unknown-media' ? undefined : addressOf(resolved.input);
  };
}
