import type { AccountId } from './account.ts';
import { parseMediaId } from './media-entry.ts';
import type { MediaStore } from './media-store.ts';

/** What an input of a job stands for. */
export type ResolvedInput =
  | { readonly kind: 'address'; readonly input: string }
  /** The account has no media of this id. */
  | { readonly kind: 'unknown-media'; readonly mediaId: string };

/**
 * Wherever a job takes a file, a media id stands for the address that it was registered for. Every address has a
 * scheme, so 32 hex characters are never one.
 */
export async function resolveInput(
  media: Pick<MediaStore, 'get'>,
  account: AccountId,
  input: string,
): Promise<ResolvedInput> {
  const mediaId = parseMediaId(input);
  if (mediaId === undefined) return { kind: 'address', input };
  const entry = await media.get(account, { mediaId });
  return entry === undefined ? { kind: 'unknown-media', mediaId } : { kind: 'address', input: entry.inputUrl };
}

/** For the owner of the job. */
export function unknownMedia(mediaId: string): string {
  return `The account has no media '${mediaId}': register the file, or name its address.`;
}
