import { wireTime } from '../../base/wire-time.ts';
import type { AnswerField, AnswerObject } from '../../gateway/operation.ts';
import { BUSINESS_TYPES, MEDIA_STATUSES, MEDIA_TYPES, type MediaEntry } from '../../jobs/media-entry.ts';

export const MEDIA_ID = { kind: 'text', description: 'The id of the media: 32 hex characters.' } as const;

/** The service's first-generation clients read XML by these names. */
export const MEDIA_XML = { MediaInfos: 'MediaInfo', FileInfoList: 'FileInfo' } as const;

/** @param of the place of the media, with a period at its end */
export function mediaAnswers(of: string): readonly AnswerField[] {
  const basic = `${of}MediaBasicInfo.`;
  const file = `${of}FileInfoList[].FileBasicInfo.`;
  return [
    { name: `${of}MediaId`, type: 'string', description: '32 hex characters.' },
    { name: `${basic}MediaId`, type: 'string', description: 'The same.' },
    { name: `${basic}InputURL`, type: 'string', description: 'As registered.' },
    { name: `${basic}MediaType`, type: 'string', description: `${MEDIA_TYPES.join(', ')}, or empty.` },
    { name: `${basic}BusinessType`, type: 'string', description: `${BUSINESS_TYPES.join(', ')}.` },
    { name: `${basic}Source`, type: 'string', description: 'oss for objects, general for public URLs.' },
    {
      name: `${basic}Title`,
      type: 'string',
      description: 'As registered, else `default_title_<CreateTime>`.',
    },
    { name: `${basic}Description`, type: 'string', description: 'As registered.' },
    { name: `${basic}MediaTags`, type: 'string', description: 'As registered.' },
    { name: `${basic}CoverURL`, type: 'string', description: 'As registered.' },
    { name: `${basic}CateId`, type: 'number', description: 'As registered; absent where it was not.' },
    { name: `${basic}ReferenceId`, type: 'string', description: 'As registered.' },
    { name: `${basic}UserData`, type: 'string', description: 'As registered, byte for byte.' },
    { name: `${basic}Biz`, type: 'string', description: 'ICE.' },
    {
      name: `${basic}Status`,
      type: 'string',
      description: `${MEDIA_STATUSES.join(', ')}. Preparing is what a job is about to write; PrepareFail is an object that was not there when it was registered, or that its job did not write.`,
    },
    { name: `${basic}CreateTime`, type: 'string', description: 'UTC, `2026-01-02T03:04:05Z`.' },
    { name: `${basic}ModifiedTime`, type: 'string', description: 'UTC, the last change of the status.' },
    {
      name: `${of}FileInfoList`,
      type: 'array',
      description: 'The one file of the media; empty while it is not there. What is not known of it is left out.',
    },
    { name: `${file}FileName`, type: 'string', description: 'The last part of its address.' },
    { name: `${file}FileStatus`, type: 'string', description: 'Normal.' },
    { name: `${file}FileType`, type: 'string', description: 'source_file.' },
    { name: `${file}FileSize`, type: 'string', description: 'Bytes.' },
    {
      name: `${file}FileUrl`,
      type: 'string',
      description: 'Where it can be read: for an object a signed URL that ends after AuthTimeout.',
    },
    { name: `${file}Duration`, type: 'string', description: 'Seconds, of what a job has written.' },
    { name: `${file}ModifiedTime`, type: 'string', description: 'UTC, when it was written.' },
  ];
}

/** MediaBasicInfo of an answer. */
export function mediaBasicInfo(entry: MediaEntry): AnswerObject {
  const created = wireTime(entry.createdAt);
  return {
    MediaId: entry.mediaId,
    InputURL: entry.inputUrl,
    MediaType: entry.mediaType,
    BusinessType: entry.businessType,
    Source: entry.origin,
    Title: entry.title || `default_title_${created}`,
    Description: entry.description,
    MediaTags: entry.tags,
    CoverURL: entry.coverUrl,
    CateId: entry.categoryId,
    ReferenceId: entry.referenceId,
    UserData: entry.userData,
    Biz: 'ICE',
    Status: entry.status,
    CreateTime: created,
    ModifiedTime: wireTime(entry.modifiedAt),
  };
}
