import type { ObjectAddress } from './object-address.ts';

type Readable = Exclude<ObjectAddress, { kind: 'invalid' }>;

/** The one spelling of an address: texts that name the same object or URL have the same one. */
export function plainAddress(address: Readable): string {
  return address.kind === 'object' ? `oss://${address.bucket}/${address.key}` : address.url;
}

/** The spellings that an address can stand for: an `oss://` key with percent signs may be meant decoded. */
export function plainAddresses(address: Readable): string[] {
  const plain = plainAddress(address);
  const isAmbiguous = address.kind === 'object' && address.decodedKey !== undefined;
  return isAmbiguous ? [plain, `oss://${address.bucket}/${address.decodedKey}`] : [plain];
}
