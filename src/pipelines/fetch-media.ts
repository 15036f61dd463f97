import type { MediaStore } from '../jobs/media-store.ts';
import { resolveInput, unknownMedia } from '../jobs/resolve-input.ts';
import type { FetchInput } from './fetch-input.ts';

/** The same for inputs that may be media ids: looked up when the job runs, for the id may be gone since the submit. */
export function fetchMedia(media: Pick<MediaStore, 'get'>, fetchInput: FetchInput): FetchInput {
  return async (account, wireInput, toFile, signal, wishes) => {
    const resolved = await resolveInput(media, account, wireInput);
    if (resolved.kind === 'unknown-media') {
      return { kind: 'not-found', message: unknownMedia(resolved.mediaId) };
    }
    return fetchInput(account, resolved.input, toFile, signal, wishes);
  };
}
