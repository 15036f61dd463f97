import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { InstalledModel } from '../../src/engines/models/model.ts';
import type { SherpaTranscript } from '../../src/engines/sherpa/sherpa-addon.ts';
import { SherpaPool, type SherpaModel, type SherpaPoolSettings } from '../../src/engines/sherpa/sherpa-pool.ts';
import type { SherpaConfiguration, SherpaOutcome, Sound } from '../../src/engines/sherpa/sherpa-request.ts';
import { hertzOfToken, writeToneRecognizer } from './tone-recognizer.ts';
import { toneSamples } from './tones.ts';

const never = new AbortController().signal;
const sound = soundOf(toneSamples([{ hertz: hertzOfToken(1), seconds: 0.3 }]));

let folder = '';
let first: SherpaConfiguration;
let second: SherpaConfiguration;
const pools: SherpaPool[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sherpa-pool-'));
  first = configuration(await writeToneRecognizer(join(folder, 'first'), ['▁one', '▁two']));
  second = configuration(await writeToneRecognizer(join(folder, 'second'), ['▁uno', '▁due']));
});
afterEach(async () => await Promise.all(pools.splice(0).map(async (pool) => await pool.stop())));
afterAll(async () => await rm(folder, { recursive: true }));

function soundOf(samples: Float32Array): Sound {
  return { length: samples.length, chunks: [samples] };
}

function configuration({ files, folder: reads }: InstalledModel): SherpaConfiguration {
  const modelConfig = { nemoCtc: { model: files['model'] }, tokens: files['tokens'], numThreads: 1 };
  return { task: 'recognize', config: { modelConfig }, reads: [reads], loadLimit: 60 };
}

function newPool(settings: Partial<SherpaPoolSettings> = {}): SherpaPool {
  // Signals meant for the child would reach the sandbox around it.
  const pool = new SherpaPool({ processes: 1, sandbox: { kind: 'none' }, ...settings });
  pools.push(pool);
  return pool;
}

async function ask(model: SherpaModel, timeLimit = 30, signal = never): Promise<SherpaOutcome> {
  return await model.ask({ json: {}, sound, timeLimit, signal });
}

/** What one request in a place of its own hears. */
async function hear(pool: SherpaPool, what = first): Promise<string> {
  return textOf(await pool.use(what, never, async (model) => await ask(model)));
}

function textOf(outcome: SherpaOutcome): string {
  return outcome.kind === 'answered' ? (outcome.json as SherpaTranscript).text : outcome.kind;
}

function onlyPid(pool: SherpaPool): number {
  const [pid = 0, ...more] = pool.pids;
  expect([pid > 0, more]).toEqual([true, []]);
  return pid;
}

function lives(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('one process', () => {
  test('answers request after request, for one asker after the other', async () => {
    const pool = newPool();
    expect(await hear(pool)).toBe('two');
    const pid = onlyPid(pool);
    expect([await hear(pool), onlyPid(pool)]).toEqual(['two', pid]);
  });

  test('makes room for another model where there is one place', async () => {
    const pool = newPool();
    expect(await hear(pool)).toBe('two');
    const pid = onlyPid(pool);
    expect(await hear(pool, second)).toBe('due');
    expect(onlyPid(pool)).not.toBe(pid);
    await expect.poll(() => lives(pid)).toBe(false);
  });

  test('is given up after so many requests, and when it has grown', async () => {
    const counted = newPool({ requests: 2 });
    await hear(counted);
    const pid = onlyPid(counted);
    await hear(counted);
    expect(counted.pids).toEqual([]);
    expect([await hear(counted), onlyPid(counted) === pid]).toEqual(['two', false]);
    const weighed = newPool({ growth: -1 });
    await hear(weighed);
    expect(weighed.pids).toEqual([]);
  });

  test('is ended when nobody has asked for a while, but not while it is in use', async () => {
    const timers: { milliseconds: number; action: () => void; cancelled: boolean }[] = [];
    const after = (milliseconds: number, action: () => void): (() => void) => {
      const timer = { milliseconds, action, cancelled: false };
      timers.push(timer);
      return () => (timer.cancelled = true);
    };
    const pool = newPool({ idle: 5000, after });
    await hear(pool);
    const pid = onlyPid(pool);
    await hear(pool);
    expect(timers.map(({ milliseconds, cancelled }) => [milliseconds, cancelled])).toEqual([
      [5000, true],
      [5000, false],
    ]);
    timers[1]?.action();
    expect(pool.pids).toEqual([]);
    await expect.poll(() => lives(pid)).toBe(false);
  });
});

describe('two models and two places', () => {
  test('both stay loaded', async () => {
    const pool = newPool({ processes: 2 });
    await Promise.all([hear(pool), hear(pool, second)]);
    const { pids } = pool;
    expect(await Promise.all([hear(pool), hear(pool, second)])).toEqual(['two', 'due']);
    expect([new Set(pool.pids), pids.length]).toEqual([new Set(pids), 2]);
  });
});

describe('waiting for a place', () => {
  test('whoever comes first is served first, and nobody is forgotten', async () => {
    const pool = newPool();
    const served: number[] = [];
    await Promise.all(
      [first, second, first, second].map(async (what, index) => {
        await pool.use(what, never, async (model) => {
          served.push(index);
          await ask(model);
        });
      }),
    );
    expect(served).toEqual([0, 1, 2, 3]);
  });

  test('an abort leaves the queue, and the others go on', async () => {
    const pool = newPool();
    const control = new AbortController();
    const release = deferred();
    const holder = pool.use(first, never, async () => await release.promise);
    const leaver = pool.use(first, control.signal, async (model) => await ask(model));
    const stayer = hear(pool);
    control.abort('gone');
    await expect(leaver).rejects.toBe('gone');
    release.resolve(undefined);
    await holder;
    expect(await stayer).toBe('two');
  });
});

function deferred(): { promise: Promise<unknown>; resolve: (value: unknown) => void } {
  let resolve: (value: unknown) => void = () => undefined;
  const promise = new Promise((settle) => (resolve = settle));
  return { promise, resolve };
}

describe('when it goes wrong, that process ends and the next request has a new one', () => {
  async function thenAgain(pool: SherpaPool, wrong: (model: SherpaModel, pid: number) => Promise<SherpaOutcome>) {
    return await pool.use(first, never, async (model) => {
      await ask(model);
      const pid = onlyPid(pool);
      const outcome = await wrong(model, pid);
      const again = textOf(await ask(model));
      return { outcome, again, sameProcess: onlyPid(pool) === pid, oldLives: lives(pid) };
    });
  }
  const recovered = { again: 'two', sameProcess: false };

  test('killed in the middle of a request', async () => {
    const result = await thenAgain(newPool(), async (model, pid) => {
      process.kill(pid, 'SIGSTOP');
      const asked = ask(model);
      process.kill(pid, 'SIGKILL');
      return await asked;
    });
    expect(result).toMatchObject({ outcome: { kind: 'crashed' }, ...recovered });
  });

  test('hung', async () => {
    const result = await thenAgain(newPool(), async (model, pid) => {
      process.kill(pid, 'SIGSTOP');
      return await ask(model, 0.2);
    });
    expect(result).toMatchObject({ outcome: { kind: 'timed-out', seconds: 0.2 }, ...recovered, oldLives: false });
  });

  test('aborted in the middle of a request', async () => {
    const control = new AbortController();
    const result = await thenAgain(newPool(), async (model, pid) => {
      process.kill(pid, 'SIGSTOP');
      const asked = ask(model, 30, control.signal);
      control.abort();
      return await asked;
    });
    expect(result).toMatchObject({ outcome: { kind: 'aborted' }, ...recovered });
  });

  test('hung while a long sound is on its way, more than the pipe holds', async () => {
    const long = soundOf(new Float32Array(4_000_000));
    const result = await thenAgain(newPool(), async (model, pid) => {
      process.kill(pid, 'SIGSTOP');
      return await model.ask({ json: {}, sound: long, timeLimit: 0.3, signal: never });
    });
    expect(result).toMatchObject({ outcome: { kind: 'timed-out' }, ...recovered });
  });

  test('a sound that cannot be read is the fault of the asker, and no half of it is left in the pipe', async () => {
    const pool = newPool();
    async function* torn(): AsyncIterable<Float32Array> {
      yield new Float32Array(10);
      throw new Error('the disk is gone');
    }
    await pool.use(first, never, async (model) => {
      const asked = model.ask({ json: {}, sound: { length: 20, chunks: torn() }, timeLimit: 30, signal: never });
      await expect(asked).rejects.toThrow('the disk is gone');
      expect(textOf(await ask(model))).toBe('two');
    });
  });
});

test('a request that the library refuses leaves the process as it is', async () => {
  const pool = newPool();
  await pool.use(first, never, async (model) => {
    await ask(model);
    const pid = onlyPid(pool);
    const outcome = await model.ask({ json: { hotwords: 7 }, sound, timeLimit: 30, signal: never });
    expect([outcome.kind, textOf(await ask(model)), onlyPid(pool)]).toEqual(['refused', 'two', pid]);
  });
});

test('nothing of a stopped pool is left, and it starts nothing more', async () => {
  const pool = newPool();
  await hear(pool);
  const pid = onlyPid(pool);
  await pool.stop();
  expect([lives(pid), await hear(pool), pool.pids]).toEqual([false, 'crashed', []]);
});

test('300 requests through one pool: memory does not grow', async () => {
  const pool = newPool({ requests: 150 });
  // What is kept of each by mistake, 320 KB, would be half as much again at the end.
  const long = soundOf(new Float32Array(80_000));
  const rss: number[] = [];
  const pids = new Set<number>();
  for (let request = 0; request < 300; request += 1) {
    await pool.use(first, never, async (model) => {
      const outcome = await model.ask({ json: {}, sound: long, timeLimit: 30, signal: never });
      expect(outcome.kind).toBe('answered');
    });
    for (const pid of pool.pids) {
      pids.add(pid);
      rss.push(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]));
    }
  }
  expect(pids.size).toBe(2);
  // Without leaks the heap of V8 was seen to breathe by 9 %.
  expect(Math.max(...rss.slice(10))).toBeLessThan(1.25 * (rss[10] ?? 0));
});
