import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { getGlobalDispatcher, type Dispatcher } from 'undici';
import { ossV4Authorization, ossV4Time } from '../auth/oss-signature-v4.ts';
import { percentEncode } from '../auth/percent-encoding.ts';
import { systemClock, type Clock } from '../base/clock.ts';
import { contentTypeOf } from '../objects/content-type.ts';
import { unreachable, type CallError, type Unreachable } from './call-outcome.ts';
import type { Connection } from './connection.ts';
import { readObjectError } from './object-error.ts';

/** An empty key names the bucket itself. */
export type ObjectName = { readonly bucket: string; readonly key: string };

/** Something about the file on this machine. */
type FileProblem = { readonly kind: 'file'; readonly message: string };

export type ObjectOutcome = { readonly kind: 'ok'; readonly bytes: number } | CallError | Unreachable | FileProblem;

type ObjectConnection = Pick<Connection, 'key' | 'region'> & { readonly objects: string };
type Sent = { readonly headers?: Readonly<Record<string, string>>; readonly body?: Readable };
type Received = { readonly kind: 'received'; readonly body: Readable } | CallError | Unreachable;

/** Puts files into the object store and gets them out, path-style, signed with OSS4-HMAC-SHA256. */
export class ObjectClient {
  readonly #connection: ObjectConnection;
  readonly #clock: Clock;

  constructor(connection: ObjectConnection, clock: Clock = systemClock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  /** Uploads the file; creates the bucket if there is none. */
  async put(file: string, object: ObjectName): Promise<ObjectOutcome> {
    const size = await fileSize(file);
    if (size.kind === 'file') return size;
    const first = await this.#putFile(file, size.bytes, object);
    if (first.kind !== 'error' || first.code !== 'NoSuchBucket') return first;
    const created = await this.#send('PUT', { bucket: object.bucket, key: '' });
    return created.kind === 'received' ? this.#putFile(file, size.bytes, object) : created;
  }

  /**
   * Downloads the object. What stands in the file's place is replaced only by the whole object: a download that
   * breaks leaves it as it was.
   */
  async get(object: ObjectName, file: string): Promise<ObjectOutcome> {
    const answer = await this.#send('GET', object);
    if (answer.kind !== 'received') return answer;
    const part = `${file}.${randomUUID()}.part`;
    // The stream that fails first is the cause: a pipeline then destroys the other one with the same error.
    let failed: 'network' | 'file' | undefined;
    answer.body.once('error', () => (failed ??= 'network'));
    try {
      await mkdir(dirname(file), { recursive: true });
      // Opened before anything can fail: a stream that opens the file itself may do so after it was removed below.
      const target = (await open(part, 'wx')).createWriteStream({ flush: true });
      target.once('error', () => (failed ??= 'file'));
      await pipeline(answer.body, target);
      await rename(part, file);
      return { kind: 'ok', bytes: target.bytesWritten };
    } catch (error) {
      answer.body.destroy();
      return failed === 'network' ? this.#unreachable(error) : notWritten(file, error as Error);
    } finally {
      await rm(part, { force: true });
    }
  }

  async #putFile(file: string, bytes: number, object: ObjectName): Promise<ObjectOutcome> {
    const headers = { 'content-type': contentTypeOf(object.key), 'content-length': String(bytes) };
    const body = createReadStream(file);
    let problem: FileProblem | undefined;
    body.once('error', (error) => (problem = notRead(file, error)));
    try {
      const answer = await this.#send('PUT', object, { headers, body });
      if (problem !== undefined) return problem;
      return answer.kind === 'received' ? { kind: 'ok', bytes } : answer;
    } finally {
      body.destroy();
    }
  }

  /** An answer to a PUT is read to its end here; that of a GET is left to the caller. */
  async #send(method: 'GET' | 'PUT', object: ObjectName, { headers = {}, body }: Sent = {}): Promise<Received> {
    const base = new URL(this.#connection.objects);
    const path = [base.pathname.replace(/\/$/, ''), object.bucket, ...object.key.split('/')];
    // Given as a path, not as a URL, whose parser would take a `..` out of the key.
    const request: Dispatcher.RequestOptions = {
      origin: base.origin,
      path: path.map((part, index) => (index === 0 ? part : percentEncode(part))).join('/'),
      method,
      headers: this.#signed(method, object, headers),
      body: body ?? null,
    };
    try {
      const answer = await getGlobalDispatcher().request(request);
      if (answer.statusCode >= 300) return readObjectError(answer.statusCode, await answer.body.text());
      if (method === 'PUT') await answer.body.dump();
      return { kind: 'received', body: answer.body };
    } catch (error) {
      return this.#unreachable(error);
    }
  }

  #signed(method: string, object: ObjectName, given: Readonly<Record<string, string>>): Record<string, string> {
    const { key, region } = this.#connection;
    const date = ossV4Time(this.#clock.now());
    const headers = { ...given, 'x-oss-date': date, 'x-oss-content-sha256': 'UNSIGNED-PAYLOAD' };
    const request = { method, ...object, query: new Map<string, string>(), headers };
    return { ...headers, authorization: ossV4Authorization(request, key, region) };
  }

  #unreachable(error: unknown): Unreachable {
    return unreachable(error, this.#connection.objects, 'SMARTJOBS_OBJECTS_ENDPOINT');
  }
}

async function fileSize(file: string): Promise<FileProblem | { readonly kind: 'size'; readonly bytes: number }> {
  try {
    const found = await stat(file);
    if (found.isFile()) return { kind: 'size', bytes: found.size };
    return { kind: 'file', message: `${file} is not a file.` };
  } catch (error) {
    return notRead(file, error as Error);
  }
}

function notRead(file: string, error: Error): FileProblem {
  return { kind: 'file', message: `${file} cannot be read: ${error.message}.` };
}

function notWritten(file: string, error: Error): FileProblem {
  return { kind: 'file', message: `${file} cannot be written: ${error.message}.` };
}
