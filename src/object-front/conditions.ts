import type { ObjectInfo } from '../objects/object-store.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** What the conditional headers of a GET or HEAD make of it (RFC 9110, section 13). */
export function checkConditions(headers: Headers, info: ObjectInfo): 'proceed' | 'not-modified' | 'failed' {
  const match = headers['if-match'];
  if (match !== undefined) {
    if (!namesEtag(match, info.etag)) return 'failed';
  } else if (modifiedAfter(headers['if-unmodified-since'], info) === true) {
    return 'failed';
  }
  const noneMatch = headers['if-none-match'];
  if (noneMatch !== undefined) return namesEtag(noneMatch, info.etag) ? 'not-modified' : 'proceed';
  return modifiedAfter(headers['if-modified-since'], info) === false ? 'not-modified' : 'proceed';
}

/** Whether a Range counts: one that continues an older version of the object does not. */
export function rangeApplies(headers: Headers, info: ObjectInfo): boolean {
  const validator = headers['if-range'];
  if (validator === undefined) return true;
  return namesEtag(validator, info.etag) || modifiedAfter(validator, info) === false;
}

function namesEtag(header: string, etag: string): boolean {
  return header.split(',').some((item) => {
    const name = item.trim().replace(/^W\//, '').replaceAll('"', '');
    return name === '*' || name.toUpperCase() === etag;
  });
}

/** HTTP dates have whole seconds. Undefined where the header is absent or no date. */
function modifiedAfter(header: string | undefined, info: ObjectInfo): boolean | undefined {
  const time = Date.parse(header ?? '');
  return Number.isNaN(time) ? undefined : Math.trunc(info.lastModified / 1000) * 1000 > time;
}
