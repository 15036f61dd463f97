/**
 * Whether the time of a refusal tells anything of the secret or of which keys exist: `npx tsx bench/signature-timing.ts`.
 * In the manner of dudect (Reparaz, Balasch, Verbauwhede, 2017): two classes of requests, in random order, cropped at
 * many percentiles, Welch's t test on each. An absolute t above 4.5 would be a difference.
 */
import { createSecretKey, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AccessKeys } from '../src/auth/access-key.ts';
import { authenticate } from '../src/auth/authenticate.ts';
import type { SignedRequest } from '../src/auth/signed-request.ts';
import { signV1, stringToSignV1 } from '../src/auth/signature-v1.ts';
import { authorizationV3, payloadHashV3 } from '../src/auth/signature-v3.ts';
import { systemClock } from '../src/base/clock.ts';
import { wireTime } from '../src/base/wire-time.ts';
import { TEST_KEY } from '../src/auth/test-requests.ts';
import { parseAccountId, type AccountId } from '../src/jobs/account.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';

/** Requests of each class; each is made anew, so that nothing of it is warm. */
const MEASUREMENTS = Number(process.argv[2] ?? 100_000);
const WARM_UP = 20_000;
/** Shares of the fastest measurements that a test looks at: what is slow has been disturbed. */
const CROPS = [0.5, 0.7, 0.9, 0.95, 0.99, 1];
const RESULT = fileURLToPath(new URL('results/signature-timing.json', import.meta.url));

const NOW = Date.now();
const random = (length: number): string => randomBytes(length).toString('hex').slice(0, length);
const key = { ...TEST_KEY, id: 'LTAI5tBenchmarkKey00000z', secret: randomBytes(15).toString('hex') };

/** By one character, so that the look-up itself takes the same: what is measured is authentication. */
const inMemory: AccessKeys = {
  find: async (id) => ({ key: id.endsWith('z') ? key : undefined }),
  used: () => undefined,
};
const folder = await mkdtemp(join(tmpdir(), 'signature-timing-'));
const seal = { seal: (_context: string, text: string) => text, open: (_context: string, text: string) => text };
const store = openSqliteStore({ path: join(folder, 'keys.db'), clock: systemClock, seal });
for (let n = 0; n < 100; n += 1) {
  const account = parseAccountId(String(1_000_000_000_000_000 + n)) as AccountId;
  await store.accessKeys.saveRoot(n === 50 ? key.id : `LTAI5tBenchmarkKey${random(6)}`, key.secret, account);
}
/** The second is the server's own, with a hundred keys: its figures hold the look-up too. */
const FINDERS = { 'in memory': inMemory, SQLite: store.accessKeys };

const parts = {
  nonces: { remember: async () => true, stop: async () => undefined },
  clock: { now: () => NOW },
  tokenKey: createSecretKey(randomBytes(32)),
};

/** How a request is made wrong: its key, and its signature given the right one. */
type Class = { readonly id: () => string; readonly spoil: (signature: string) => string };

const HEX = '0123456789abcdef';
const otherDigit = (digit: string): string => HEX[(HEX.indexOf(digit) + randomInt(1, 16)) % 16] ?? '0';
/** A text that was read from a socket: in one piece, where one that was put together is a tree to be walked first. */
const flat = (text: string): string => Buffer.from(text).toString('latin1');
const knownId = (): string => key.id;
/** As long as a known one, and as alike: found out in one look as well. */
const unknownId = (): string => `LTAI5tBenchmarkKey${random(6)}`;

const CLASSES: Readonly<Record<string, Class>> = {
  'wrong from the first digit': {
    id: knownId,
    spoil: (right) => `${otherDigit(right[0] ?? '')}${random(right.length - 1)}`,
  },
  'right but for the last digit': {
    id: knownId,
    spoil: (right) => `${right.slice(0, -1)}${otherDigit(right.at(-1) ?? '')}`,
  },
  'unknown key': { id: unknownId, spoil: (right) => random(right.length) },
};

const PAIRS = [
  ['wrong from the first digit', 'right but for the last digit'],
  ['wrong from the first digit', 'unknown key'],
] as const;

type Scheme = (spoiled: Class) => SignedRequest;
type Pair = readonly [Class, Class];

function requestV3({ id, spoil }: Class): SignedRequest {
  const body = Buffer.alloc(0);
  const headers: Record<string, string> = {
    host: 'ice.example.test',
    'x-acs-action': 'ListSmartJobs',
    'x-acs-content-sha256': payloadHashV3('ACS3-HMAC-SHA256', body),
    'x-acs-date': wireTime(NOW),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-version': '2020-11-09',
  };
  const request = { method: 'POST', path: '/', headers, query: new Map(), form: new Map(), body } as const;
  const authorization = authorizationV3(request, { id: id(), secret: key.secret });
  const spoiled = flat(authorization.slice(0, -64) + spoil(authorization.slice(-64)));
  return { ...request, headers: { ...headers, authorization: spoiled } };
}

function requestV1({ id, spoil }: Class): SignedRequest {
  const query = new Map(
    Object.entries({
      AccessKeyId: flat(id()),
      Action: 'ListSmartJobs',
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: randomUUID(),
      SignatureVersion: '1.0',
      Timestamp: wireTime(NOW),
      Version: '2020-11-09',
    }),
  );
  const right = signV1('HMAC-SHA1', key.secret, stringToSignV1('GET', query, new Map()));
  const spoiled = Buffer.from(spoil(Buffer.from(right, 'base64').toString('hex')), 'hex');
  query.set('Signature', flat(spoiled.toString('base64')));
  return { method: 'GET', path: '/', headers: {}, query, form: new Map(), body: Buffer.alloc(0) };
}

const SCHEMES: Readonly<Record<string, Scheme>> = { V3: requestV3, V1: requestV1 };

/**
 * One request of each class, made in random order: so what was done just before, and how fresh a request lies in the
 * processor's caches, does not depend on which of them is measured.
 */
function made(scheme: Scheme, [a, b]: Pair): readonly [SignedRequest, SignedRequest] {
  if (randomInt(2) === 0) return [scheme(a), scheme(b)];
  const last = scheme(b);
  return [scheme(a), last];
}

/** Nanoseconds of each measurement, by class. */
type Times = readonly [Float64Array, Float64Array];

async function measure(keys: AccessKeys, scheme: Scheme, pair: Pair, count: number): Promise<Times> {
  const times = [new Float64Array(count), new Float64Array(count)] as const;
  const done = [0, 0];
  while ((done[0] ?? 0) < count || (done[1] ?? 0) < count) {
    const which = randomInt(2) as 0 | 1;
    const at = done[which] ?? 0;
    if (at >= count) continue;
    const request = made(scheme, pair)[which];
    const began = process.hrtime.bigint();
    const outcome = await authenticate(request, { ...parts, keys });
    times[which][at] = Number(process.hrtime.bigint() - began);
    if (outcome.kind !== 'refused') throw new Error('a wrong signature was accepted');
    done[which] = at + 1;
  }
  return times;
}

function welch(a: Float64Array, b: Float64Array): number {
  const [meanA, varianceA] = momentsOf(a);
  const [meanB, varianceB] = momentsOf(b);
  return (meanA - meanB) / Math.sqrt(varianceA / a.length + varianceB / b.length);
}

function momentsOf(values: Float64Array): [mean: number, variance: number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)];
}

/** Both classes are cropped at the same time, that of a percentile of both together. */
function testAt(share: number, [a, b]: Times): { share: number; t: number; means: number[] } {
  const all = Float64Array.from([...a, ...b]).toSorted();
  const limit = all[Math.ceil(all.length * share) - 1] ?? Infinity;
  const [keptA, keptB] = [a, b].map((times) => times.filter((time) => time <= limit)) as [
    Float64Array,
    Float64Array,
  ];
  const means = [keptA, keptB].map((times) => Math.round(momentsOf(times)[0]));
  return { share, t: Number(welch(keptA, keptB).toFixed(2)), means };
}

const tests: { keys: string; scheme: string; classes: readonly string[]; worstT: number; crops: object[] }[] = [];
for (const [finder, keys] of Object.entries(FINDERS)) {
  for (const [schemeName, scheme] of Object.entries(SCHEMES)) {
    for (const names of PAIRS) {
      const pair = names.map((name) => CLASSES[name]) as unknown as Pair;
      await measure(keys, scheme, pair, WARM_UP);
      const times = await measure(keys, scheme, pair, MEASUREMENTS);
      const crops = CROPS.map((share) => testAt(share, times));
      const worst = Math.max(...crops.map(({ t }) => Math.abs(t)));
      tests.push({ keys: finder, scheme: schemeName, classes: names, worstT: worst, crops });
      console.log(finder, schemeName, names.join(' / '), `worst |t| ${worst}`);
    }
  }
}
await store.close();
await rm(folder, { recursive: true });
const worstOf = (finder: string): number =>
  Math.max(...tests.filter(({ keys }) => keys === finder).map(({ worstT }) => worstT));
const result = {
  measuredAt: new Date().toISOString().slice(0, 10),
  node: process.version,
  cores: availableParallelism(),
  measurementsPerClass: MEASUREMENTS,
  limit: 4.5,
  worstT: { 'in memory': worstOf('in memory'), SQLite: worstOf('SQLite') },
  tests,
};
await writeFile(RESULT, `${JSON.stringify(result, null, 2)}\n`);
