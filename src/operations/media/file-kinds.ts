import type { BusinessType, MediaType } from '../../jobs/media-entry.ts';

/** By extension, as the service's page "File formats" has them; GIF, which it has twice, as an image. */
const EXTENSIONS: Readonly<Record<MediaType, string>> = {
  video:
    'mp4 ts 3gp mpg mpeg mpe dat vob asf avi wmv flv f4v rm rmvb mov mkv m3u8 dv m2t m4v mj2 mjpeg mts ogg qt swf webm',
  audio: 'mp3 wma wav aac ra m4a flac ape ac3 amr caf acm',
  image: 'gif webp png jpg jpeg heic',
  text: 'srt vtt ass ttf ttc fon',
};
const FONTS = new Set(['ttf', 'ttc', 'fon']);

const TYPES: ReadonlyMap<string, MediaType> = new Map(
  (Object.keys(EXTENSIONS) as MediaType[]).flatMap((type) =>
    EXTENSIONS[type].split(' ').map((ending) => [ending, type] as const),
  ),
);

/** The last part of an address, without a query. */
export function fileName(address: string): string {
  return address.split(/[?#]/)[0]?.split('/').at(-1) ?? '';
}

function extension(address: string): string {
  return /\.([^.]+)$/.exec(fileName(address))?.[1]?.toLowerCase() ?? '';
}

/** What kind of file its name says it is; empty where it says nothing. */
export function mediaTypeOf(address: string): MediaType | '' {
  return TYPES.get(extension(address)) ?? '';
}

/** What a file is used for where the caller does not say: texts are subtitles, or fonts. */
export function businessTypeOf(type: MediaType | '', address: string): BusinessType {
  if (type !== 'text') return 'general';
  return FONTS.has(extension(address)) ? 'font' : 'subtitles';
}
