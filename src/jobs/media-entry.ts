/** What kind of file a media is. */
export const MEDIA_TYPES = ['image', 'video', 'audio', 'text'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** What a media is used for. */
export const BUSINESS_TYPES = ['subtitles', 'font', 'watermark', 'opening', 'ending', 'general'] as const;
export type BusinessType = (typeof BUSINESS_TYPES)[number];

/** Where a media lies: in an object store, in other services of the cloud, or anywhere else. */
export const MEDIA_ORIGINS = ['oss', 'vod', 'live', 'general'] as const;
export type MediaOrigin = (typeof MEDIA_ORIGINS)[number];

/** Not begun, being made, could not be made or found, there. */
export const MEDIA_STATUSES = ['Init', 'Preparing', 'PrepareFail', 'Normal'] as const;
export type MediaStatus = (typeof MEDIA_STATUSES)[number];

/** Longest texts in bytes of UTF-8, and how many tags, as the service has them. */
export const MEDIA_LIMITS = {
  title: 128,
  description: 1024,
  coverUrl: 128,
  userData: 1024,
  tags: 16,
  tag: 32,
} as const;

/** What is said of a media when it gets its id. Texts that were not given are empty. */
export type MediaDraft = {
  /** As the caller wrote it. */
  readonly inputUrl: string;
  /** The one spelling of that address: media of equal addresses are the same file. */
  readonly address: string;
  /** Empty where neither the caller nor the name of the file says it. */
  readonly mediaType: MediaType | '';
  readonly businessType: BusinessType;
  readonly origin: MediaOrigin;
  /** Empty where the service's default is to be shown. */
  readonly title: string;
  readonly description: string;
  /** Separated by commas. */
  readonly tags: string;
  readonly coverUrl: string;
  readonly categoryId: number | undefined;
  /** The caller's own id, which no other media of the account has. */
  readonly referenceId: string;
  readonly userData: string;
};

/** What is known of a file that a job will write: an object, of no other use than any. */
export type MediaOutput = Pick<MediaDraft, 'inputUrl' | 'address' | 'mediaType' | 'title' | 'userData'>;

/** A file that has an id. Times are milliseconds since the epoch. */
export type MediaEntry = MediaDraft & {
  readonly mediaId: string;
  readonly status: MediaStatus;
  /** Seconds; undefined where nobody measured it. */
  readonly duration: number | undefined;
  readonly createdAt: number;
  readonly modifiedAt: number;
};

const MEDIA_ID = /^[0-9a-f]{32}$/i;

/** The id in canonical form, 32 lower-case hex characters, or undefined: then no media can have it. */
export function parseMediaId(text: string): string | undefined {
  return MEDIA_ID.test(text) ? text.toLowerCase() : undefined;
}
