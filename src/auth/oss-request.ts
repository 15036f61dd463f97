/** A request to the object storage as its signatures see it: a value, so that verifying needs no socket. */
export type OssRequest = {
  readonly method: string;
  /** Decoded; empty when the path names none. */
  readonly bucket: string;
  /** Decoded; empty when the path names none. */
  readonly key: string;
  /** Decoded. `?acl` and `?acl=` are both an empty value. */
  readonly query: ReadonlyMap<string, string>;
  /** Names in lower case; several values of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
};

/** `name:value` lines, sorted by name, of the headers that the filter keeps. Values are trimmed. */
export function canonicalHeaders(request: OssRequest, keep: (name: string) => boolean): string {
  return Object.keys(request.headers)
    .filter(keep)
    .toSorted()
    .map((name) => `${name}:${(request.headers[name] ?? '').trim()}\n`)
    .join('');
}
