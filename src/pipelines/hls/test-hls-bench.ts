import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountId } from '../../jobs/account.ts';
import { openFolderStore } from '../../objects/folder-store.ts';
import type { Resolver } from '../../objects/fetch-target.ts';
import { createGuardedFetch, parseAllowEntry } from '../../objects/guarded-fetch.ts';
import { createMediaSource } from '../../objects/media-source.ts';
import type { ObjectStore } from '../../objects/object-store.ts';
import type { FetchInputOutcome, FetchWishes } from '../fetch-input.ts';
import { fetchRecording } from './fetch-recording.ts';

const ACCOUNT = '1000000000000001' as AccountId;
const OTHER = '1000000000000002' as AccountId;

/** A store of objects with the buckets `films`, `others` of the same account and `foreign` of another, and a web server. */
export class HlsBench {
  /** Where the recording goes. */
  readonly path: string;
  /** What was asked of the web server. */
  readonly asked: string[] = [];
  /** How often each path is still answered by a broken connection. */
  readonly breaks = new Map<string, number>();
  /** So many requests have to stand before the first is answered. */
  together = 1;
  readonly #standing: (() => void)[] = [];
  readonly #folder: string;
  readonly #store: ObjectStore;
  readonly #server: Server;
  /** What the web server sends; a text that begins with `http` redirects there. */
  readonly #pages = new Map<string, Buffer | string>();

  private constructor(folder: string, store: ObjectStore, server: Server) {
    this.#folder = folder;
    this.#store = store;
    this.#server = server;
    this.path = join(folder, 'input');
    server.on('request', (request, response) => {
      this.asked.push(request.url ?? '');
      const page = this.#pages.get(request.url ?? '');
      const breaks = this.breaks.get(request.url ?? '') ?? 0;
      if (breaks > 0) {
        this.breaks.set(request.url ?? '', breaks - 1);
        response.destroy();
        return;
      }
      this.#standing.push(() => {
        if (typeof page === 'string') response.writeHead(302, { location: page }).end();
        else if (page === undefined) response.writeHead(404).end();
        else response.end(page);
      });
      if (this.#standing.length < this.together) return;
      for (const answer of this.#standing.splice(0)) answer();
    });
  }

  static async open(): Promise<HlsBench> {
    const folder = mkdtempSync(join(tmpdir(), 'hls-'));
    const store = await openFolderStore(join(folder, 'objects'));
    for (const bucket of ['films', 'others']) await store.createBucket(ACCOUNT, bucket);
    await store.createBucket(OTHER, 'foreign');
    await store.put(OTHER, 'foreign', 'a.ts', once(Buffer.from('secret')));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new HlsBench(folder, store, server);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.#folder, { recursive: true });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async put(key: string, content: Buffer | string): Promise<void> {
    await this.#store.put(ACCOUNT, 'films', key, once(Buffer.from(content)));
  }

  /** @param page a text is the address of a redirect */
  serve(path: string, page: Buffer | string): void {
    this.#pages.set(path, page);
  }

  /** Puts each file of a folder below `hls/`, and serves it below `/hls/`. */
  async publish(folder: string, names: readonly string[]): Promise<void> {
    for (const name of names) {
      const content = readFileSync(join(folder, name));
      this.serve(`/hls/${name}`, content);
      await this.put(`hls/${name}`, content);
    }
  }

  /** @param allowed whether the operator allows the web server */
  async fetch(input: string, wishes: FetchWishes & Partial<FetchOptions> = {}): Promise<FetchInputOutcome> {
    const { allowed = true, maxBytes = 10_000_000, signal = new AbortController().signal } = wishes;
    const { resolve, partTime } = wishes;
    const entry = parseAllowEntry(`127.0.0.1:${this.port}`);
    const allow = allowed && entry.kind === 'entry' ? [entry.entry] : [];
    const source = createMediaSource({
      store: this.#store,
      fetchUrl: createGuardedFetch({ allow, ...(resolve !== undefined && { resolve }) }),
      ownUrls: () => ['http://127.0.0.1:7789'],
    });
    rmSync(this.path, { force: true });
    const parts = { source, media: {}, maxBytes, pauses: [1, 1], ...(partTime !== undefined && { partTime }) };
    return await fetchRecording(parts)(ACCOUNT, input, this.path, signal, wishes);
  }
}

type FetchOptions = {
  readonly allowed: boolean;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly resolve: Resolver;
  readonly partTime: number;
};

async function* once(content: Buffer): AsyncGenerator<Uint8Array> {
  yield content;
}
