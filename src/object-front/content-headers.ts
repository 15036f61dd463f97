import type { ObjectInfo } from '../objects/object-store.ts';

/** Types that a browser shows without running anything of them: these may open in a tab. */
const SHOWN_INLINE =
  /^(?:(?:audio|video)\/[a-z0-9.+-]+|image\/(?!svg)[a-z0-9.+-]+|text\/(?:plain|vtt|csv)|application\/(?:json|pdf|x-subrip))$/;

/**
 * The headers of an object's content. Stored HTML, SVG or XML must not run as a page of this origin: it is handed
 * out as a download, in a sandbox, whatever the caller set; `<img src>` still shows an SVG. Types are never guessed.
 *
 * @param overrides headers that a signed request asked for
 */
export function contentHeaders(
  info: ObjectInfo,
  overrides: Readonly<Record<string, string>>,
): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': info.contentType,
    etag: `"${info.etag}"`,
    'last-modified': new Date(info.lastModified).toUTCString(),
    'accept-ranges': 'bytes',
    'x-oss-object-type': 'Normal',
    'x-oss-storage-class': 'Standard',
    'x-content-type-options': 'nosniff',
    ...overrides,
  };
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (SHOWN_INLINE.test(type)) return headers;
  const disposition = overrides['content-disposition'] ?? '';
  return {
    ...headers,
    'content-disposition': /^attachment\b/i.test(disposition) ? disposition : 'attachment',
    'content-security-policy': "sandbox; default-src 'none'",
  };
}
