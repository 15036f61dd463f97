import { invalid, unsupported, type PartKey, type PlaylistProblem } from './playlist.ts';
import { attributeList } from './playlist-lines.ts';

type KnownKey = { readonly uri: string; readonly iv: Buffer | undefined };
/** A key that only a player with a licence gets at, by the name to refuse it by. */
type LockedKey = { readonly locked: string };

/** The formats of the keys that the big players bring. */
const SYSTEMS: ReadonlyMap<string, string> = new Map([
  ['com.apple.streamingkeydelivery', 'FairPlay'],
  ['com.microsoft.playready', 'PlayReady'],
  ['urn:uuid:9a04f079-9840-4286-ab92-e65be0885f95', 'PlayReady'],
  ['urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed', 'Widevine'],
  ['com.widevine', 'Widevine'],
]);

/** What EXT-X-KEY said so far. Keys of several formats stand beside each other: ways to the same key, for players. */
export class KeysInEffect {
  readonly #keys = new Map<string, KnownKey | LockedKey>();

  read(at: string, value: string): PlaylistProblem | undefined {
    const attributes = attributeList(value);
    const method = attributes?.get('METHOD');
    if (attributes === undefined || method === undefined) return invalid(`${at}: EXT-X-KEY has no METHOD.`);
    if (method === 'NONE') {
      this.#keys.clear();
      return undefined;
    }
    const format = attributes.get('KEYFORMAT')?.toLowerCase() ?? 'identity';
    if (format !== 'identity' || method !== 'AES-128') {
      this.#keys.set(format, { locked: SYSTEMS.get(format) ?? (format === 'identity' ? shortly(method) : 'DRM') });
      return undefined;
    }
    const [uri, iv] = [attributes.get('URI'), attributes.get('IV')];
    if (uri === undefined) return invalid(`${at}: EXT-X-KEY has no URI.`);
    if (iv !== undefined && !/^0x[\da-f]{1,32}$/i.test(iv)) {
      return invalid(`${at}: the IV of EXT-X-KEY is not 0x and at most 32 hexadecimal digits.`);
    }
    const bytes = iv === undefined ? undefined : Buffer.from(iv.slice(2).padStart(32, '0'), 'hex');
    this.#keys.set(format, { uri, iv: bytes });
    return undefined;
  }

  /** @param sequence of the segment: its initialization vector where the key has none; undefined for a map */
  of(at: string, sequence: bigint | undefined): PartKey | PlaylistProblem | undefined {
    const key = this.#keys.get('identity') ?? [...this.#keys.values()][0];
    if (key === undefined) return undefined;
    if ('locked' in key) {
      return unsupported(
        `${at}: what follows is protected by ${key.locked}: submit a recording without protection.`,
      );
    }
    const { uri, iv } = key;
    if (iv !== undefined) return { uri, iv };
    if (sequence === undefined) return invalid(`${at}: EXT-X-MAP is encrypted, and its key has no IV.`);
    return { uri, iv: Buffer.from(sequence.toString(16).padStart(32, '0').slice(-32), 'hex') };
  }
}

function shortly(method: string): string {
  return /^[A-Z0-9-]{1,30}$/.test(method) ? method : 'an unknown method';
}
