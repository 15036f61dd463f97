import { refuse, refuseValue, type Refusal } from '../../gateway/api-error.ts';
import { answer } from '../../gateway/operation.ts';
import type { ParameterTable, ParameterValues } from '../../gateway/parameter-table.ts';
import {
  BUSINESS_TYPES,
  MEDIA_LIMITS,
  MEDIA_TYPES,
  type BusinessType,
  type MediaDraft,
  type MediaType,
} from '../../jobs/media-entry.ts';
import type { MediaConflict } from '../../jobs/media-store.ts';
import type { ObjectAddress } from '../../objects/object-address.ts';
import { plainAddress } from '../../objects/plain-address.ts';
import { operation } from '../services.ts';
import { businessTypeOf, mediaTypeOf } from './file-kinds.ts';
import { findObject } from './media-file.ts';

const NOT_HERE = 'Not served here: refused where it is given.';

const parameters = {
  InputURL: {
    kind: 'text',
    required: true,
    maxBytes: 4096,
    description:
      'The file: oss://bucket/key, oss://bucket.oss-<region>.aliyuncs.com/key, the https form of either. Ours: also a public http(s) URL. It cannot be changed later.',
  },
  MediaType: {
    kind: 'choice',
    allowed: MEDIA_TYPES,
    description: 'What kind of file it is; else what its extension says.',
  },
  BusinessType: {
    kind: 'choice',
    allowed: BUSINESS_TYPES,
    description: 'What it is used for; else general, and subtitles or font for texts, which have no other.',
  },
  Title: {
    kind: 'text',
    maxBytes: MEDIA_LIMITS.title,
    description: 'A title; else `default_title_<CreateTime>`.',
  },
  Description: { kind: 'text', maxBytes: MEDIA_LIMITS.description, description: 'A description.' },
  MediaTags: {
    kind: 'text',
    description: `Tags, separated by commas: at most ${MEDIA_LIMITS.tags}, each of at most ${MEDIA_LIMITS.tag} bytes.`,
  },
  CoverURL: { kind: 'text', maxBytes: MEDIA_LIMITS.coverUrl, description: 'A picture; kept as it is.' },
  CateId: { kind: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER, description: 'A category; kept as it is.' },
  UserData: { kind: 'text', maxBytes: MEDIA_LIMITS.userData, description: 'Anything; returned byte for byte.' },
  ReferenceId: {
    kind: 'text',
    description: 'An id of your own: 6 to 64 letters, digits, hyphens and underscores, once in the account.',
  },
  Overwrite: {
    kind: 'boolean',
    description: 'Whether to delete a media of the same file and register this one; else it is refused.',
  },
  ClientToken: {
    kind: 'text',
    maxBytes: 64,
    description: 'The same call with the same token answers the same id, as long as that media is there.',
  },
  RegisterConfig: { kind: 'ignored', description: 'NeedSprite, NeedSnapshot: no pictures are made of media here.' },
  SmartTagTemplateId: { kind: 'text', description: NOT_HERE },
  WorkflowId: { kind: 'text', description: NOT_HERE },
} as const satisfies ParameterTable;

type Values = ParameterValues<typeof parameters>;

/** Gives an id to a file. An object that is not there gets one too, whose status says so: the service looks later. */
export const registerMediaInfo = operation({
  product: 'ice',
  action: 'RegisterMediaInfo',
  summary: 'Gives a file a media id, which can stand for it wherever a job takes a file.',
  ramAction: 'ice:RegisterMediaInfo',
  parameters,
  answers: [{ name: 'MediaId', type: 'string', description: '32 hex characters.' }],

  async handle({ caller: { account }, values }, { media, objects, addressOf }) {
    const address = addressOf(values.InputURL);
    if (address.kind === 'invalid') return refuse('InvalidParameter', `'InputURL' is invalid. ${address.reason}`);
    const draft = draftOf(values, address);
    if ('kind' in draft) return draft;
    const isThere = address.kind === 'url' || (await findObject(account, address, objects)) !== undefined;
    const registered = await media.register(account, {
      draft,
      status: isThere ? 'Normal' : 'PrepareFail',
      overwrite: values.Overwrite,
      clientToken: values.ClientToken,
    });
    return 'kind' in registered ? refuseConflict(registered, values) : answer({ MediaId: registered.mediaId });
  },
});

function draftOf(values: Values, address: Exclude<ObjectAddress, { kind: 'invalid' }>): MediaDraft | Refusal {
  const plain = plainAddress(address);
  const mediaType = values.MediaType ?? mediaTypeOf(plain);
  const businessType = values.BusinessType ?? businessTypeOf(mediaType, plain);
  return (
    badValue(values, mediaType, businessType) ?? {
      inputUrl: values.InputURL,
      address: plain,
      mediaType,
      businessType,
      origin: address.kind === 'object' ? 'oss' : 'general',
      title: values.Title,
      description: values.Description,
      tags: values.MediaTags,
      coverUrl: values.CoverURL,
      categoryId: values.CateId,
      referenceId: values.ReferenceId,
      userData: values.UserData,
    }
  );
}

function badValue(values: Values, type: MediaType | '', business: BusinessType): Refusal | undefined {
  const { ReferenceId, MediaTags } = values;
  for (const field of ['SmartTagTemplateId', 'WorkflowId'] as const) {
    if (values[field] !== '') return refuse('InvalidParameter.NotSupport', `'${field}' is not served here.`);
  }
  if (type === 'text' && business !== 'subtitles' && business !== 'font') {
    return refuseValue('BusinessType', business, 'subtitles or font where MediaType is text');
  }
  if (ReferenceId !== '' && !/^[\w-]{6,64}$/.test(ReferenceId)) {
    return refuseValue('ReferenceId', ReferenceId, '6 to 64 letters, digits, hyphens and underscores');
  }
  const tags = MediaTags === '' ? [] : MediaTags.split(',');
  if (tags.length > MEDIA_LIMITS.tags) {
    return refuseValue('MediaTags', `${tags.length} tags`, `at most ${MEDIA_LIMITS.tags} tags`);
  }
  const long = tags.find((tag) => Buffer.byteLength(tag) > MEDIA_LIMITS.tag);
  return long === undefined
    ? undefined
    : refuseValue('MediaTags', long, `tags of at most ${MEDIA_LIMITS.tag} bytes of UTF-8`);
}

function refuseConflict(conflict: MediaConflict, { InputURL, ReferenceId }: Values): Refusal {
  switch (conflict.kind) {
    case 'address-taken':
      return refuse(
        'MediaAlreadyExist',
        `The media with the given inputUrl ${InputURL} exists already, mediaId: ${conflict.mediaId}. Use that id, or register with Overwrite=true.`,
      );
    case 'reference-taken':
      return refuse(
        'MediaAlreadyExist',
        `The media with the given referenceId ${ReferenceId} exists already, mediaId: ${conflict.mediaId}.`,
      );
    case 'token-used':
      return refuse(
        'IdempotentParameterMismatch',
        'The ClientToken came before with other parameters: use a new one for each registration.',
      );
  }
}
