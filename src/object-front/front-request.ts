import type { IncomingHttpHeaders } from 'node:http';
import type { OssRequest } from '../auth/oss-request.ts';
import { ossError, type OssError } from './oss-error.ts';

export type FrontRequest = { readonly kind: 'request'; readonly request: OssRequest } | OssError;

/**
 * Reads method, bucket, key, query and headers. Buckets are addressed in the path, `/bucket/key`, whatever the Host
 * header says: official clients that are given an IP address write the cloud's own host name there.
 */
export function readRequest(method: string, target: string, headers: IncomingHttpHeaders): FrontRequest {
  const [path = '', query = ''] = splitOnce(target, '?');
  const names = splitOnce(path.slice(1), '/').map(percentDecoded);
  if (!path.startsWith('/') || names.includes(undefined)) {
    return ossError('InvalidURI', 'The path of the URL is not /bucket/key in percent-encoded UTF-8.');
  }
  const [bucket = '', key = ''] = names;
  const parameters = readQuery(query);
  if (parameters === undefined) {
    return ossError('InvalidArgument', 'The query is not percent-encoded UTF-8, or names a parameter twice.');
  }
  return { kind: 'request', request: { method, bucket, key, query: parameters, headers: readHeaders(headers) } };
}

/** Undefined where a parameter is not readable or there twice: which one was signed would be anybody's guess. */
function readQuery(query: string): ReadonlyMap<string, string> | undefined {
  const parameters = new Map<string, string>();
  for (const part of query.split('&')) {
    if (part === '') continue;
    const pair = splitOnce(part, '=').map((text) => percentDecoded(text.replaceAll('+', ' ')));
    const [name = '', value = ''] = pair;
    if (pair.includes(undefined) || parameters.has(name)) return undefined;
    parameters.set(name, value);
  }
  return parameters;
}

/** Node.js reads header bytes as Latin-1; clients sign and send them as UTF-8. */
function readHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const text = Array.isArray(value) ? value.join(',') : (value ?? '');
      return [name, Buffer.from(text, 'latin1').toString('utf8')];
    }),
  );
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
