/**
 * Whether the time of a refusal tells anything of the secret or of which keys exist: `npx tsx bench/signature-timing.ts`.
 * In the manner of dudect (Reparaz, Balasch, Verbauwhede, 2017): two classes of requests, in random order, cropped at
 * many percentiles, Welch's t test on each. An absolute t above 4.5 would be a difference.
 */
import { createSecretKey, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { AccessKeys } from '../src/auth/access-key.ts';
import { authenticate } from '../src/auth/authenticate.ts';
import type { SignedRequest } from '../src/auth/signed-request.ts';
import { signV1, stringToSignV1 } from '../src/auth/signature-v1.ts';
import { authorizationV3, payloadHashV3 } from '../src/auth/signature-v3.ts';
import { wireTime } from '../src/base/wire-time.ts';
import { TEST_KEY } from '../src/auth/test-requests.ts';

/** Requests of each class; each is made anew, so that nothing of it is warm. */
const MEASUREMENTS = Number(process.argv[2] ?? 100_000);
const WARM_UP = 20_000;
/** Shares of the fastest measurements that a test looks at: what is slow has been disturbed. */
const CROPS = [0.5, 0.7, 0.9, 0.95, 0.99, 1];
const RESULT = fileURLToPath(new URL('results/signature-timing.json', import.meta.url));

const NOW = Date.now();
const key = { ...TEST_KEY, id: 'LTAI5tBenchmarkKey000001', secret: randomBytes(15).toString('hex') };
const keys: AccessKeys = { find: async (id) => ({ key: id === key.id ? key : undefined }), used: () => undefined };
const parts = {
  keys,
  nonces: { remember: async () => true, stop: async () => undefined },
  clock: { now: () => NOW },
  tokenKey: createSecretKey(randomBytes(32)),
};

/** How a request is made wrong: its key, and its signature given the right one. */
type Class = { readonly id: () => string; readonly spoil: (signature: string) => string };

const HEX = '0123456789abcdef';
const otherDigit = (digit: string): string => HEX[(HEX.indexOf(digit) + randomInt(1, 16)) % 16] ?? '0';
const random = (length: number): string => randomBytes(length).toString('hex').slice(0, length);
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

/** Nanoseconds of each measurement, by class. */
type Times = readonly [Float64Array, Float64Array];

async function measure(scheme: Scheme, pair: readonly [Class, Class], count: number): Promise<Times> {
  const times = [new Float64Array(count), new Float64Array(count)] as const;
  const done = [0, 0];
  while ((done[0] ?? 0) < count || (done[1] ?? 0) < count) {
    const which = randomInt(2) as 0 | 1;
    const at = done[which] ?? 0;
    if (at >= count) continue;
    // Both are made each time, so that what was just done is the same whichever is measured.
    const request = [scheme(pair[0]), scheme(pair[1])][which] as SignedRequest;
    const began = process.hrtime.bigint();
    const outcome = await authenticate(request, parts);
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

const tests = [];
for (const [schemeName, scheme] of Object.entries(SCHEMES)) {
  for (const names of PAIRS) {
    const pair = names.map((name) => CLASSES[name]) as unknown as readonly [Class, Class];
    await measure(scheme, pair, WARM_UP);
    const times = await measure(scheme, pair, MEASUREMENTS);
    const crops = CROPS.map((share) => testAt(share, times));
    const worst = Math.max(...crops.map(({ t }) => Math.abs(t)));
    tests.push({ scheme: schemeName, classes: names, worstT: worst, crops });
    console.log(schemeName, names.join(' / '), `worst |t| ${worst}`);
  }
}
const result = {
  measuredAt: new Date().toISOString().slice(0, 10),
  node: process.version,
  cores: availableParallelism(),
  measurementsPerClass: MEASUREMENTS,
  limit: 4.5,
  worstT: Math.max(...tests.map(({ worstT }) => worstT)),
  tests,
};
await writeFile(RESULT, `${JSON.stringify(result, null, 2)}\n`);
