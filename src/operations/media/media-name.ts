import { refuse, refuseValue, type Refusal } from '../../gateway/api-error.ts';
import { parseMediaId } from '../../jobs/media-entry.ts';
import type { MediaName } from '../../jobs/media-store.ts';
import { plainAddresses } from '../../objects/plain-address.ts';
import type { OperationServices } from '../services.ts';

/** What an id in a call names. */
export function namedById(field: string, text: string): { readonly mediaId: string } | Refusal {
  const mediaId = parseMediaId(text);
  return mediaId === undefined ? refuseValue(field, text, '32 hex characters') : { mediaId };
}

/** What an address in a call names, in whatever form it was registered. */
export function namedByUrl(
  field: string,
  text: string,
  { addressOf }: Pick<OperationServices, 'addressOf'>,
): MediaName | Refusal {
  const address = addressOf(text);
  if (address.kind === 'invalid') return refuse('InvalidParameter', `'${field}' is invalid. ${address.reason}`);
  return { addresses: plainAddresses(address) };
}
