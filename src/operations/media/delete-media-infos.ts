import { refuse, refuseMissing, refuseValue, type Refusal } from '../../gateway/api-error.ts';
import { answer } from '../../gateway/operation.ts';
import { parseMediaId } from '../../jobs/media-entry.ts';
import type { MediaName } from '../../jobs/media-store.ts';
import { operation, type OperationServices } from '../services.ts';
import { namedByUrl } from './media-name.ts';

/** As many media as one call may name. */
const MOST_MEDIA = 20;

/** Ends ids. The files stay. */
export const deleteMediaInfos = operation({
  product: 'ice',
  action: 'DeleteMediaInfos',
  summary: 'Deletes media ids. The files stay.',
  ramAction: 'ice:DeleteMediaInfos',
  parameters: {
    MediaIds: {
      kind: 'text',
      description: `Ids, separated by commas; at most ${MOST_MEDIA}. Goes before InputURLs.`,
    },
    InputURLs: {
      kind: 'text',
      description: `Addresses of media, separated by commas; at most ${MOST_MEDIA}. Needed where MediaIds is absent.`,
    },
    DeletePhysicalFiles: {
      kind: 'boolean',
      description: 'Whether to delete the files too. Only false is supported: delete objects in the object store.',
    },
  },
  answers: [
    {
      name: 'IgnoredList',
      type: 'array',
      description: 'What the account has no media of, id or address as it was sent.',
    },
    { name: 'ForbiddenList', type: 'array', description: 'What may not be deleted: nothing, so it is empty.' },
  ],
  xmlItems: { IgnoredList: 'ignoredId', ForbiddenList: 'forbiddenId' },

  async handle({ caller: { account }, values }, services) {
    const { MediaIds, InputURLs, DeletePhysicalFiles } = values;
    if (MediaIds === '' && InputURLs === '') return refuseMissing('MediaIds');
    if (DeletePhysicalFiles) {
      return refuse(
        'InvalidParameter.NotSupport',
        "'DeletePhysicalFiles' can only be false: delete the objects in the object store.",
      );
    }
    const given =
      MediaIds === '' ? readList('InputURLs', InputURLs, BETWEEN_URLS) : readList('MediaIds', MediaIds, ',');
    if ('kind' in given) return given;
    const names = given.map((text) => (MediaIds === '' ? byUrl(text, services) : byId(text)));
    const deleted = await services.media.delete(account, names);
    return answer({ IgnoredList: given.filter((_text, index) => deleted[index] !== true), ForbiddenList: [] });
  },
});

/** URLs may have commas in them: the next one begins with its scheme. */
const BETWEEN_URLS = /,(?=\s*(?:oss|https?|vod):\/\/)/i;

/** The entries of a list as they were sent, without spaces around them, none twice. */
function readList(field: string, text: string, separator: string | RegExp): string[] | Refusal {
  const given = [...new Set(text.split(separator).map((entry) => entry.trim()))].filter((entry) => entry !== '');
  if (given.length > 0 && given.length <= MOST_MEDIA) return given;
  return refuseValue(field, `${given.length} entries`, `1-${MOST_MEDIA} entries, separated by commas`);
}

/** What no media can have is passed over, like what no media has. */
const NOTHING: MediaName = { addresses: [] };

function byId(text: string): MediaName {
  const mediaId = parseMediaId(text);
  return mediaId === undefined ? NOTHING : { mediaId };
}

function byUrl(text: string, services: OperationServices): MediaName {
  const name = namedByUrl('InputURLs', text, services);
  return 'kind' in name ? NOTHING : name;
}
