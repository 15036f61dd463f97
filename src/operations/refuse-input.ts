import { refuse, type Refusal } from '../gateway/api-error.ts';
import type { AccountId } from '../jobs/account.ts';
import { resolveInput, unknownMedia } from '../jobs/resolve-input.ts';
import type { OperationServices } from './services.ts';

/** What can be known of an input before the job fetches it. @param input an address or a media id; undefined: none */
export async function refuseInput(
  account: AccountId,
  field: string,
  input: string | undefined,
  { media, addressOf }: Pick<OperationServices, 'media' | 'addressOf'>,
): Promise<Refusal | undefined> {
  if (input === undefined) return undefined;
  const resolved = await resolveInput(media, account, input);
  if (resolved.kind === 'unknown-media') {
    return refuse('InvalidParameter', `'${field}' is invalid. ${unknownMedia(resolved.mediaId)}`);
  }
  const address = addressOf(resolved.input);
  return address.kind === 'invalid'
    ? refuse('InvalidParameter', `'${field}' is invalid. ${address.reason}`)
    : undefined;
}
