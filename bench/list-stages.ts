import { createSecretKey, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authenticate } from '../src/auth/authenticate.ts';
import { NonceJournal } from '../src/auth/nonce-journal.ts';
import { signV1, stringToSignV1 } from '../src/auth/signature-v1.ts';
import { canonicalRequestV3, signV3, stringToSignV3 } from '../src/auth/signature-v3.ts';
import { checkTimestamp } from '../src/auth/timestamp.ts';
import { systemClock } from '../src/base/clock.ts';
import { StoredPolicies } from '../src/auth/policy-source.ts';
import { silentLogger } from '../src/base/logger.ts';
import { Gateway } from '../src/gateway/gateway.ts';
import type { HttpRequest } from '../src/gateway/http-message.ts';
import { answerFormat } from '../src/gateway/answer-format.ts';
import { readParameters } from '../src/gateway/read-parameters.ts';
import { readRequest, type RpcRequest } from '../src/gateway/read-request.ts';
import { renderAnswer } from '../src/gateway/render-answer.ts';
import { StoredJson } from '../src/gateway/stored-json.ts';
import { JobHints } from '../src/jobs/job-hints.ts';
import type { JobQuery } from '../src/jobs/job-query.ts';
import { openPageToken, sealPageToken } from '../src/jobs/page-token.ts';
import { ALL_OPERATIONS } from '../src/operations/all-operations.ts';
import { listSmartJobs } from '../src/operations/list-smart-jobs.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';
import { LARGE_ACCOUNT, storeOf } from './fill-store.ts';
import { machine, median, rounded, saveResult } from './figures.ts';
import { parameters, questions, type Question } from './list-workload.ts';
import { requestV1, requestV3 } from './signed-requests.ts';

/*
 * Where the time of a signed ListSmartJobs goes: each stage alone, then all of them as the gateway runs them, without
 * HTTP. Microseconds of CPU a request, the median of many rounds; stages take turns, so that a busy moment of the machine
 * falls on all of them.
 *
 * Usage: npx tsx bench/list-stages.ts [jobs, 1000000]
 */

const JOBS = Number(process.argv[2] ?? 1_000_000);
const ROUNDS = Number(process.env.ROUNDS ?? 15);
const CALLS = 2_000;
/** Of a server's open connections, these bring a request in the same turn of the event loop. */
const AT_ONCE = 16;
const KEY = { id: 'bench-access-key', secret: 'bench-access-key-secret' };
const HOST = '127.0.0.1:7788';
const SIGNED = [
  'host',
  'x-acs-action',
  'x-acs-content-sha256',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-version',
];
const tokenKey = randomBytes(32);
const sealKey = createSecretKey(randomBytes(32));

const folder = mkdtempSync(join(tmpdir(), 'smartjobs-bench-'));
const { path } = storeOf(JOBS, folder);
const seal = { seal: (_context: string, text: string) => text, open: (_context: string, text: string) => text };
const store = openSqliteStore({ path, clock: systemClock, seal });
const nonces = new NonceJournal(join(folder, 'nonces'), systemClock);
try {
  await store.accessKeys.saveRoot(KEY.id, KEY.secret, LARGE_ACCOUNT);
  await run();
} finally {
  await nonces.stop();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}

type Stage = {
  readonly name: string;
  /** Not measured. */
  readonly prepare?: () => void;
  readonly run: (index: number) => unknown;
};

async function run(): Promise<void> {
  const asked = await questions(token);
  const all = [...readingStages(asked), ...authStages(asked), ...(await listStages(asked)), ...wholeStages(asked)];
  const stages = all.filter(({ name }) => name.includes(process.env.ONLY ?? ''));
  const micros = new Map(stages.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS + 2; round += 1) {
    for (const stage of stages) {
      stage.prepare?.();
      const before = process.cpuUsage();
      for (let index = 0; index < CALLS; index += AT_ONCE) {
        const pending = Array.from({ length: AT_ONCE }, (_, next) => stage.run(index + next));
        if (pending[0] instanceof Promise) await Promise.all(pending);
      }
      const { user, system } = process.cpuUsage(before);
      // The first two rounds warm everything up.
      if (round >= 2) micros.get(stage.name)?.push((user + system) / CALLS);
    }
  }
  const result = Object.fromEntries([...micros].map(([name, values]) => [name, rounded(median(values), 2)]));
  console.table(result);
  if (process.env.ONLY === undefined) {
    saveResult('list-stages', { ...machine(), jobs: JOBS, rounds: ROUNDS, cpuMicros: result });
  }
}

function readingStages(asked: readonly Question[]): Stage[] {
  const v3 = asked.map((question) => http(requestV3(KEY, HOST, parameters(question, 'token'))));
  const v1 = asked.map((question) => http(requestV1(KEY, HOST, parameters(question, 'token'))));
  const read = v3.map(mustRead);
  return [
    { name: 'read request V3', run: (index) => readRequest(pick(v3, index)) },
    { name: 'read request V1', run: (index) => readRequest(pick(v1, index)) },
    { name: 'answer format', run: (index) => answerFormat(pick(read, index).parameters, pick(v3, index).headers) },
    {
      name: 'read parameters',
      run: (index) => readParameters(listSmartJobs.parameters, pick(read, index).parameters),
    },
  ];
}

function authStages(asked: readonly Question[]): Stage[] {
  const readV3 = asked.map((question) => mustRead(http(requestV3(KEY, HOST, parameters(question, 'token')))));
  const readV1 = asked.map((question) => mustRead(http(requestV1(KEY, HOST, parameters(question, 'token')))));
  let serial = 0;
  return [
    {
      name: 'timestamp',
      run: (index) => checkTimestamp('', pick(readV3, index).signed.headers['x-acs-date'] ?? '', Date.now()),
    },
    { name: 'access key', run: () => store.accessKeys.find(KEY.id) },
    { name: 'signature V3', run: (index) => signatureV3(pick(readV3, index).signed) },
    { name: 'signature V1', run: (index) => signatureV1(pick(readV1, index).signed) },
    { name: 'nonce', run: () => nonces.remember(KEY.id, String((serial += 1)), Date.now() + 1e6) },
    ...freshStages('authenticate', asked, async (request) => {
      const parts = { keys: store.accessKeys, nonces, clock: systemClock, tokenKey: sealKey };
      const outcome = await authenticate(mustRead(request).signed, parts);
      if (outcome.kind !== 'caller') throw new Error(JSON.stringify(outcome));
    }),
  ];
}

async function listStages(asked: readonly Question[]): Promise<Stage[]> {
  const queries = asked.map(queryOf);
  const pages = await Promise.all(queries.map((query) => store.jobs.list(LARGE_ACCOUNT, query)));
  const withToken = asked.filter((question) => question.token !== '');
  const openToken = (question: Question): unknown => openPageToken(tokenKey, scopeOf(question), question.token);
  return [
    { name: 'open token', run: (index) => openToken(pick(withToken, index)) },
    { name: 'page', run: (index) => store.jobs.list(LARGE_ACCOUNT, pick(queries, index)) },
    { name: 'count', run: (index) => store.jobs.count(LARGE_ACCOUNT, pick(queries, index).filter) },
    { name: 'seal token', run: (index) => sealPageToken(tokenKey, scopeOf(pick(asked, index)), index) },
    { name: 'render', run: (index) => rendered(pick(pages, index).jobs) },
  ];
}

function wholeStages(asked: readonly Question[]): Stage[] {
  const { identities, jobs, hotwords, media } = store;
  const policies = new StoredPolicies(identities);
  const shared = { policies, tokenKey: sealKey, diagnosticKey: sealKey, clock: systemClock };
  const outputs = { linkTo: () => '', forget: async () => undefined };
  const objects = { head: async () => ({ kind: 'no-such-key' }) as const };
  const hints = new JobHints();
  const stores = { jobs, identities, hotwords, media, objects };
  const services = { ...shared, ...stores, outputs, hints, pageTokenKey: tokenKey };
  const gateway = new Gateway({
    ...shared,
    operations: ALL_OPERATIONS,
    services: { ...services, addressOf: () => ({}) as never },
    keys: store.accessKeys,
    nonces,
    log: silentLogger,
  });
  return freshStages('whole gateway', asked, async (request) => {
    const { status, body } = await gateway.answer(request);
    if (status !== 200) throw new Error(body);
  });
}

/** A stage in both schemes with requests that were not seen before: a nonce is good once. */
function freshStages(
  name: string,
  asked: readonly Question[],
  serve: (request: HttpRequest) => Promise<void>,
): Stage[] {
  return [requestV3, requestV1].map((sign) => {
    let fresh: HttpRequest[] = [];
    return {
      name: `${name} ${sign === requestV3 ? 'V3' : 'V1'}`,
      prepare: () => {
        const one = (_: unknown, index: number): HttpRequest =>
          http(sign(KEY, HOST, parameters(pick(asked, index), 'token')));
        fresh = Array.from({ length: CALLS }, one);
      },
      run: (index) => serve(pick(fresh, index)),
    };
  });
}

function signatureV3(signed: RpcRequest['signed']): string {
  const hash = signed.headers['x-acs-content-sha256'] ?? '';
  const text = stringToSignV3('ACS3-HMAC-SHA256', canonicalRequestV3(signed, SIGNED, hash));
  return signV3('ACS3-HMAC-SHA256', KEY.secret, text);
}

function signatureV1({ method, query, form }: RpcRequest['signed']): string {
  return signV1('HMAC-SHA1', KEY.secret, stringToSignV1(method, query, form));
}

function rendered(jobs: readonly string[]): unknown {
  const fields = { SmartJobList: StoredJson.array(jobs), NextToken: 'x'.repeat(48), MaxResults: '10' };
  return renderAnswer({ format: 'JSON', requestId: 'x', host: HOST }, 'ListSmartJobs', fields, {});
}

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}

function mustRead(request: HttpRequest): RpcRequest {
  const read = readRequest(request);
  if (read.kind === 'refused') throw new Error(read.message);
  return read;
}

function scopeOf({ type, state, order }: Question): Parameters<typeof sealPageToken>[1] {
  return { account: LARGE_ACCOUNT, filter: { type, state }, order };
}

async function token(question: Question): Promise<string> {
  const { filter, order } = scopeOf(question);
  const start = { pageNumber: question.page - 1 };
  const { lastSequence = 0 } = await store.jobs.list(LARGE_ACCOUNT, { filter, order, size: 10, start });
  return sealPageToken(tokenKey, scopeOf(question), lastSequence);
}

function queryOf(question: Question): JobQuery {
  const { filter, order } = scopeOf(question);
  const afterSequence = openPageToken(tokenKey, scopeOf(question), question.token);
  return { filter, order, size: 10, start: afterSequence === undefined ? { pageNumber: 1 } : { afterSequence } };
}

/** The request as the HTTP server hands it on. */
function http(wire: string): HttpRequest {
  const [line = '', ...lines] = wire.trimEnd().split('\r\n');
  const [method = '', target = ''] = line.split(' ');
  const headers = Object.fromEntries(lines.map((header) => header.split(': ') as [string, string]));
  return { method, target, headers, body: Buffer.alloc(0), remoteAddress: '127.0.0.1', secure: false };
}
