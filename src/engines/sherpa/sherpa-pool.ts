import { sandboxHere, type Sandbox } from '../sandbox.ts';
import { MIB } from '../program-limits.ts';
import { SherpaProcess } from './sherpa-process.ts';
import type { SherpaConfiguration, SherpaOutcome, SherpaRequest } from './sherpa-request.ts';

export type SherpaPoolSettings = {
  /** Child processes at once, 1 or more. Each holds a model: 50 MB to 2 GB of memory. */
  readonly processes: number;
  /** A process that has answered this many requests makes room for a new one. */
  readonly requests?: number;
  /** Bytes by which a process may grow past its first answer before it makes room for a new one. */
  readonly growth?: number;
  /** Milliseconds until a process that nobody asks anything is ended. */
  readonly idle?: number;
  /** Calls back after so many milliseconds, once, unless what it returns is called before. */
  readonly after?: (milliseconds: number, action: () => void) => () => void;
  readonly sandbox?: Sandbox;
};

/** A model that is in use by one asker, whatever becomes of the processes that it lives in. */
export type SherpaModel = {
  /** One at a time. Throws only what reading the sound throws. */
  ask(request: SherpaRequest): Promise<SherpaOutcome>;
};

type Seat = {
  readonly key: string;
  readonly configuration: SherpaConfiguration;
  process: SherpaProcess | undefined;
  requests: number;
  /** Bytes of memory at the first answer. */
  firstRss: number;
  cancelIdle: (() => void) | undefined;
};

/**
 * The child processes in which sherpa-onnx runs. A model stays loaded between the requests that need it (loading takes
 * from 0.3 seconds for the smallest to several for 1 GB), and is given up for another when all places are taken, when
 * nobody has asked it anything for a while, and when its process has grown.
 */
export class SherpaPool {
  readonly #settings: Required<Omit<SherpaPoolSettings, 'sandbox'>>;
  readonly #sandbox: Sandbox | undefined;
  readonly #busy = new Set<Seat>();
  /** The longest idle first. */
  readonly #idle = new Set<Seat>();
  readonly #waiting: (() => void)[] = [];
  #stopped = false;

  constructor({ sandbox, ...settings }: SherpaPoolSettings) {
    this.#settings = { requests: 500, growth: 256 * MIB, idle: 120_000, after: unrefTimeout, ...settings };
    this.#sandbox = sandbox;
  }

  /**
   * Waits for a place, then lends the model to `body`. Throws the signal's reason when aborted while waiting, and
   * whatever `body` throws.
   */
  async use<T>(
    configuration: SherpaConfiguration,
    signal: AbortSignal,
    body: (model: SherpaModel) => Promise<T>,
  ): Promise<T> {
    const seat = await this.#take(configuration, signal);
    try {
      return await body({ ask: async (request) => await this.#ask(seat, request) });
    } finally {
      this.#giveBack(seat);
    }
  }

  /** Ends all processes; what is being asked has crashed, and nothing more is started. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const seat of this.#idle) seat.cancelIdle?.();
    await Promise.all([...this.#busy, ...this.#idle].map(async (seat) => await seat.process?.end()));
    this.#idle.clear();
    this.#waiting.splice(0).forEach((wake) => wake());
  }

  /** Of the processes that live, for whoever watches their memory. */
  get pids(): number[] {
    return [...this.#busy, ...this.#idle].flatMap(({ process }) => process?.pid ?? []);
  }

  async #take(configuration: SherpaConfiguration, signal: AbortSignal): Promise<Seat> {
    const key = JSON.stringify([configuration.task, configuration.config]);
    let last = this.#waiting.length > 0;
    for (;;) {
      if (signal.aborted) {
        // It may have been woken for a place that it does not take.
        this.#waiting.shift()?.();
        throw signal.reason;
      }
      const seat = last ? undefined : (this.#idleSeat(key) ?? this.#newSeat(key, configuration));
      if (seat !== undefined) return seat;
      await this.#turn(signal, last);
      last = false;
    }
  }

  #idleSeat(key: string): Seat | undefined {
    const seat = [...this.#idle].find((candidate) => candidate.key === key);
    if (seat === undefined) return undefined;
    seat.cancelIdle?.();
    this.#idle.delete(seat);
    this.#busy.add(seat);
    return seat;
  }

  #newSeat(key: string, configuration: SherpaConfiguration): Seat | undefined {
    const { processes } = this.#settings;
    if (this.#busy.size >= processes) return undefined;
    const [longestIdle] = this.#idle;
    if (longestIdle !== undefined && this.#busy.size + this.#idle.size >= processes) this.#dismiss(longestIdle);
    const seat = { key, configuration, process: undefined, requests: 0, firstRss: 0, cancelIdle: undefined };
    this.#busy.add(seat);
    return seat;
  }

  /** Until a place may be free; who comes behind others waits behind them, who was overtaken goes first. */
  async #turn(signal: AbortSignal, last: boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(wake), 1);
        resolve();
      };
      if (last) this.#waiting.push(wake);
      else this.#waiting.unshift(wake);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  #giveBack(seat: Seat): void {
    this.#busy.delete(seat);
    if (seat.process !== undefined && !this.#stopped) {
      this.#idle.add(seat);
      seat.cancelIdle = this.#settings.after(this.#settings.idle, () => this.#dismiss(seat));
    }
    this.#waiting.shift()?.();
  }

  #dismiss(seat: Seat): void {
    seat.cancelIdle?.();
    this.#idle.delete(seat);
    void seat.process?.end();
  }

  async #ask(seat: Seat, request: SherpaRequest): Promise<SherpaOutcome> {
    const failure = seat.process?.alive === true ? undefined : await this.#start(seat, request.signal);
    const { process } = seat;
    if (failure !== undefined || process === undefined) {
      seat.process = undefined;
      return failure ?? { kind: 'crashed', detail: 'the server stops' };
    }
    const outcome = await process.request(request);
    seat.requests += 1;
    seat.firstRss ||= process.rss;
    const spent = seat.requests >= this.#settings.requests || process.rss > seat.firstRss + this.#settings.growth;
    if (spent) void process.end();
    if (!process.alive) seat.process = undefined;
    return outcome;
  }

  async #start(seat: Seat, signal: AbortSignal): Promise<SherpaOutcome | undefined> {
    const sandbox = this.#sandbox ?? (await sandboxHere());
    if (this.#stopped) return { kind: 'crashed', detail: 'the server stops' };
    const process = new SherpaProcess(seat.configuration, sandbox);
    seat.process = process;
    seat.requests = 0;
    seat.firstRss = 0;
    return await process.load(seat.configuration, signal);
  }
}

function unrefTimeout(milliseconds: number, action: () => void): () => void {
  const timer = setTimeout(action, milliseconds).unref();
  return () => clearTimeout(timer);
}
