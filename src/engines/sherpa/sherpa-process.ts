import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { BoundedText } from '../bounded-text.ts';
import { PROGRAM_PATH } from '../find-program.ts';
import { nodeChild } from '../node-child.ts';
import { killGroup, yieldTheProcessor } from '../program-group.ts';
import { limit, SMALL_FILES } from '../program-limits.ts';
import { isolate, type Sandbox } from '../sandbox.ts';
import { tether } from '../tether.ts';
import { FrameReader, frameLine, type Frame } from './frames.ts';
import type { SherpaConfiguration, SherpaOutcome, SherpaRequest } from './sherpa-request.ts';

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Of what it says on standard error, in characters. */
const DETAIL_LIMIT = 4096;

/**
 * One child process with one model. It is asked one thing at a time. Whatever goes wrong ends it: after a hang or an
 * abort nobody knows what it is doing, and what it would answer late would be taken for the next answer.
 */
export class SherpaProcess {
  readonly #child: Child;
  readonly #said = new BoundedText(DETAIL_LIMIT);
  readonly #closed: Promise<unknown>;
  #settle: ((outcome: SherpaOutcome | Error) => void) | undefined;
  #alive = true;
  #rss = 0;

  /** Starts it; `load` is to be awaited before the first request. */
  constructor({ reads }: SherpaConfiguration, sandbox: Sandbox) {
    const { program, args } = nodeChild('./sherpa-child', import.meta.url);
    const inside = isolate({ program, args: ['--expose-gc', ...args] }, { reads }, sandbox);
    // Each WebAssembly module of Node.js sets 10 GiB of addresses aside; models are files that the operator chose.
    const command = tether(limit(inside, { memory: 'unlimited', fileSize: SMALL_FILES }, Infinity));
    this.#child = spawn(command.program, command.args, {
      cwd: '/',
      env: { PATH: PROGRAM_PATH, LANG: 'C.UTF-8' },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    yieldTheProcessor(this.#child);
    this.#closed = new Promise((resolve) => this.#child.once('close', resolve));
    this.#listen();
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Bytes of memory after its last answer. */
  get rss(): number {
    return this.#rss;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Undefined when the model is loaded. */
  async load(configuration: SherpaConfiguration, signal: AbortSignal): Promise<SherpaOutcome | undefined> {
    const { task, config, loadLimit } = configuration;
    const outcome = await this.request({ json: { task, config }, timeLimit: loadLimit, signal });
    if (outcome.kind === 'answered') return undefined;
    void this.end();
    if (outcome.kind === 'aborted') return outcome;
    if (outcome.kind === 'timed-out')
      return { kind: 'not-loaded', detail: `no answer in ${outcome.seconds} seconds` };
    // What the library dislikes it says on standard error; its exception only says that it does.
    const said = outcome.kind === 'refused' ? `${this.#said.text.trim()} ` : '';
    return { kind: 'not-loaded', detail: `${said}${outcome.detail}` };
  }

  /** Throws only what reading the sound throws. */
  async request(request: SherpaRequest): Promise<SherpaOutcome> {
    const { timeLimit: seconds, signal } = request;
    if (signal.aborted) return { kind: 'aborted' };
    if (!this.#alive) return { kind: 'crashed', detail: this.#said.text };
    this.#hold(true);
    const timer = setTimeout(() => this.#giveUp({ kind: 'timed-out', seconds }), seconds * 1000);
    const onAbort = (): void => this.#giveUp({ kind: 'aborted' });
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await new Promise<SherpaOutcome>((resolve, reject) => {
        this.#settle = (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome));
        this.#send(request).catch((error: unknown) => this.#giveUp(error as Error));
      });
    } finally {
      this.#settle = undefined;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      if (this.#alive) this.#hold(false);
    }
  }

  /** Resolves when nothing of it is left. */
  async end(): Promise<void> {
    this.#alive = false;
    this.#hold(true);
    killGroup(this.#child, 'SIGKILL');
    await this.#closed;
  }

  #listen(): void {
    const { stdin, stdout, stderr } = this.#child;
    const reader = new FrameReader((frame) => this.#settle?.(this.#judge(frame)));
    stdout.on('data', (chunk: Buffer) => {
      try {
        reader.add(chunk);
      } catch (error) {
        this.#giveUp({ kind: 'crashed', detail: `it answered what cannot be read: ${(error as Error).message}` });
      }
    });
    stderr.setEncoding('utf8').on('data', (chunk: string) => this.#said.add(chunk));
    // EPIPE where it has ended: that it has, 'close' says.
    stdin.on('error', () => undefined);
    this.#child.once('error', (error) => this.#giveUp({ kind: 'crashed', detail: error.message }));
    this.#child.once('close', (code, signal) => {
      this.#alive = false;
      this.#settle?.({ kind: 'crashed', detail: `${this.#said.text.trim()} (${signal ?? `exit code ${code}`})` });
    });
  }

  #judge({ json, bytes }: Frame): SherpaOutcome {
    if (typeof json['rss'] === 'number') this.#rss = json['rss'];
    if (typeof json['error'] === 'string') return { kind: 'refused', detail: json['error'] };
    return { kind: 'answered', json: json['ok'], samples: new Float32Array(bytes.buffer) };
  }

  async #send({ json, sound }: SherpaRequest): Promise<void> {
    const { stdin } = this.#child;
    stdin.write(frameLine(json, 4 * (sound?.length ?? 0)));
    for await (const samples of sound?.chunks ?? []) {
      if (this.#settle === undefined) return;
      const taken = stdin.write(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
      if (!taken) await Promise.race([once(stdin, 'drain').catch(() => undefined), this.#closed]);
    }
  }

  #giveUp(outcome: SherpaOutcome | Error): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(outcome);
    void this.end();
  }

  /** An idle child does not keep the server from ending; one that is asked or is ending does. */
  #hold(held: boolean): void {
    const { stdin, stdout, stderr } = this.#child;
    for (const part of [this.#child, ...([stdin, stdout, stderr] as unknown as Socket[])]) {
      if (held) part.ref();
      else part.unref();
    }
  }
}
