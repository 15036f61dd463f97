import { open, stat } from 'node:fs/promises';
import type { Dispatcher } from 'undici';
import { getFollowing, headerText, reasonOf } from './follow-redirects.ts';
import { beginPart, discardDownload, finishPart, partPath, readPart } from './part-file.ts';

export type Download = {
  /** May carry a user and a password; they are in no outcome. */
  readonly url: string;
  /** Where the complete file is to lie; its part lies beside it and is continued by the next attempt. */
  readonly path: string;
  /** Undefined where nobody knows. */
  readonly expectedBytes: number | undefined;
  readonly signal: AbortSignal;
  /** @param milliseconds */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** @param total undefined where the server does not say */
  readonly onProgress: (received: number, total: number | undefined) => void;
  /** @param reason why an attempt failed, a sentence without a full stop @param pause milliseconds until the next */
  readonly onRetry: (reason: string, pause: number) => void;
};

export type DownloadOutcome =
  | { readonly kind: 'downloaded'; readonly bytes: number }
  | { readonly kind: 'not-found'; readonly host: string }
  | { readonly kind: 'refused'; readonly host: string; readonly status: number }
  | { readonly kind: 'wrong-size'; readonly expected: number; readonly found: number }
  /** What came is kept, unless there was nothing. */
  | { readonly kind: 'unreachable'; readonly host: string; readonly reason: string; readonly received: number };

/** Attempts in a row that bring no byte. */
const MOST_ATTEMPTS = 5;
/** Milliseconds before the second attempt; doubled for each further one. */
const FIRST_PAUSE = 1000;
/** Where neither the catalog nor the server says how large a file is. */
const MOST_BYTES = 16 * 2 ** 30;

/**
 * Downloads a file. A connection that breaks is made anew and goes on where it broke, and so does the next call,
 * as long as the server still has the same version (If-Range); else it begins again.
 */
export async function downloadFile(download: Download): Promise<DownloadOutcome> {
  const complete = await sizeOf(download.path);
  if (complete !== undefined) return { kind: 'downloaded', bytes: complete };
  const { EnvHttpProxyAgent } = await import('undici');
  // As other programs do it: through the proxy of HTTPS_PROXY, HTTP_PROXY and NO_PROXY, where there is one.
  const dispatcher = new EnvHttpProxyAgent();
  try {
    for (let failures = 0; ;) {
      const before = (await readPart(download.path)).bytes;
      const outcome = await attempt(download, dispatcher);
      if (outcome.kind !== 'unreachable') return outcome;
      failures = outcome.received > before ? 1 : failures + 1;
      if (failures === MOST_ATTEMPTS) return outcome;
      const pause = FIRST_PAUSE * 2 ** (failures - 1);
      download.onRetry(`${outcome.host}: ${outcome.reason}`, pause);
      await download.sleep(pause);
    }
  } finally {
    await dispatcher.destroy();
  }
}

async function attempt(download: Download, dispatcher: Dispatcher): Promise<DownloadOutcome> {
  const { url, path, signal, expectedBytes } = download;
  const part = await readPart(path);
  const headers = part.validator === undefined ? {} : rangeHeaders(part.bytes, part.validator);
  const answer = await getFollowing({ url, headers, dispatcher, signal });
  if (answer.kind === 'unreachable') return { ...answer, received: part.bytes };
  const { response, host } = answer;
  // It is destroyed with whatever of it was not read.
  response.body.on('error', () => undefined);
  const begin = beginning(response, part.validator === undefined ? 0 : part.bytes);
  if (begin.kind === 'begin-again') {
    await beginPart(path, undefined);
    return { kind: 'unreachable', host, reason: 'the part that was here did not fit', received: 0 };
  }
  if (begin.kind === 'complete') {
    response.body.destroy();
    await finishPart(path);
    return { kind: 'downloaded', bytes: part.bytes };
  }
  if (begin.kind === 'no-file') return refusal(response.statusCode, host, part.bytes);
  const { offset, total } = begin;
  const limit = expectedBytes ?? total ?? MOST_BYTES;
  if (total !== undefined && total !== limit) return wrongSize(path, limit, total);
  if (offset === 0) await beginPart(path, validatorOf(response));
  const received = await append(response, path, offset, limit, (bytes) => download.onProgress(bytes, total));
  signal.throwIfAborted();
  if (received.bytes > limit) return wrongSize(path, limit, received.bytes);
  if (received.problem !== undefined) {
    return { kind: 'unreachable', host, reason: received.problem, received: received.bytes };
  }
  if (expectedBytes !== undefined && received.bytes !== expectedBytes) {
    return wrongSize(path, expectedBytes, received.bytes);
  }
  await finishPart(path);
  return { kind: 'downloaded', bytes: received.bytes };
}

function rangeHeaders(bytes: number, validator: string): Record<string, string> {
  return bytes === 0 ? {} : { range: `bytes=${bytes}-`, 'if-range': validator };
}

type Beginning =
  /** @param total of the whole file, undefined where the server does not say */
  | { readonly kind: 'bytes'; readonly offset: number; readonly total: number | undefined }
  /** The part is the whole file; its renaming was missing. */
  | { readonly kind: 'complete' }
  | { readonly kind: 'begin-again' }
  | { readonly kind: 'no-file' };

/** What the server sends: the rest, the whole file, or no file. @param asked the first byte that was asked for */
function beginning({ statusCode, headers }: Dispatcher.ResponseData, asked: number): Beginning {
  const length = headerText(headers['content-length']);
  const encoding = headerText(headers['content-encoding']);
  if (encoding !== '' && encoding !== 'identity') return { kind: 'no-file' };
  if (statusCode === 200) return { kind: 'bytes', offset: 0, total: length === '' ? undefined : Number(length) };
  const range = headerText(headers['content-range']);
  if (statusCode === 416 && asked > 0) return { kind: range === `bytes */${asked}` ? 'complete' : 'begin-again' };
  if (statusCode !== 206) return { kind: 'no-file' };
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(range) ?? [];
  if (asked === 0 || Number(from) !== asked) return { kind: 'begin-again' };
  return { kind: 'bytes', offset: asked, total: total === '*' ? undefined : Number(total) };
}

/** What a later attempt may change is not final. */
function refusal(status: number, host: string, received: number): DownloadOutcome {
  if (status === 404 || status === 410) return { kind: 'not-found', host };
  if (status >= 500 || status === 408 || status === 429) {
    return { kind: 'unreachable', host, reason: `it answered with status ${status}`, received };
  }
  return { kind: 'refused', host, status };
}

async function wrongSize(path: string, expected: number, found: number): Promise<DownloadOutcome> {
  await discardDownload(path);
  return { kind: 'wrong-size', expected, found };
}

/** A weak ETag does not promise the same bytes. */
function validatorOf({ headers }: Dispatcher.ResponseData): string | undefined {
  const etag = headerText(headers['etag']);
  if (etag.startsWith('"')) return etag;
  return headerText(headers['last-modified']) || undefined;
}

/** @returns how many bytes the part has now, and what broke it off. A failing disk is thrown */
async function append(
  { body }: Dispatcher.ResponseData,
  path: string,
  offset: number,
  limit: number,
  onBytes: (bytes: number) => void,
): Promise<{ bytes: number; problem?: string }> {
  const file = await open(partPath(path), offset === 0 ? 'w' : 'a');
  const pieces = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let bytes = offset;
  try {
    onBytes(bytes);
    while (bytes <= limit) {
      let next: IteratorResult<Uint8Array>;
      try {
        next = await pieces.next();
      } catch (error) {
        return { bytes, problem: `the connection broke: ${reasonOf(error)}` };
      }
      if (next.done === true) break;
      await file.writeFile(next.value);
      bytes += next.value.byteLength;
      onBytes(bytes);
    }
    await file.sync();
    return { bytes };
  } finally {
    body.destroy();
    await file.close();
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    return undefined;
  }
}
