import { refuse, refuseMissing } from '../../gateway/api-error.ts';
import { answer } from '../../gateway/operation.ts';
import { operation } from '../services.ts';
import { MEDIA_ID, MEDIA_XML, mediaAnswers, mediaBasicInfo } from './media-answer.ts';
import { AUTH_TIMEOUT, fileInfoList } from './media-file.ts';
import { namedById, namedByUrl } from './media-name.ts';

/** What an id or a registered address stands for. */
export const getMediaInfo = operation({
  product: 'ice',
  action: 'GetMediaInfo',
  summary: 'Gets a media by its id or by the address that it was registered for.',
  ramAction: 'ice:GetMediaInfo',
  parameters: {
    MediaId: { ...MEDIA_ID, description: `${MEDIA_ID.description} Goes before InputURL.` },
    InputURL: {
      kind: 'text',
      maxBytes: 4096,
      description: 'Its address, in any form. Needed where MediaId is absent.',
    },
    OutputType: {
      kind: 'choice',
      allowed: ['oss', 'cdn'],
      default: 'oss',
      description: 'What FileUrl is like. Without effect: only media of ApsaraVideo VOD have a cdn address.',
    },
    AuthTimeout: AUTH_TIMEOUT,
    ReturnDetailedInfo: { kind: 'ignored', description: 'It asks for smart tags, which no media has here.' },
  },
  answers: [{ name: 'MediaInfo', type: 'object', description: 'The media.' }, ...mediaAnswers('MediaInfo.')],
  xmlItems: MEDIA_XML,

  async handle({ caller: { account }, values }, services) {
    const { MediaId, InputURL, AuthTimeout } = values;
    if (MediaId === '' && InputURL === '') return refuseMissing('MediaId');
    const name = MediaId === '' ? namedByUrl('InputURL', InputURL, services) : namedById('MediaId', MediaId);
    if ('kind' in name) return name;
    const entry = await services.media.get(account, name);
    if (entry === undefined) {
      return 'mediaId' in name
        ? refuse('ResourceNotFound', `The account has no media '${name.mediaId}'.`)
        : refuse('NoMatchedInputUrl', 'The account has no media of this InputURL: register it first.');
    }
    return answer({
      MediaInfo: {
        MediaId: entry.mediaId,
        MediaBasicInfo: mediaBasicInfo(entry),
        FileInfoList: await fileInfoList(account, entry, AuthTimeout, services),
      },
    });
  },
});
