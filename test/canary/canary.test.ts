import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { objectClient } from '../support/object-client.ts';
import { openApiCoreClient, type Credentials } from '../support/official-clients.ts';
import { json, rawCall, signedForm } from '../support/raw-call.ts';
import { startServerProcess, type ServerProcess } from '../support/server-process.ts';
import { Canaries } from './canaries.ts';

const RAM = { Version: '2015-05-01' };
const STS = { Version: '2015-04-01' };
const SAMPLE = 'oss://samples/sense-and-sensibility.wav';

const canaries = new Canaries();
const answers: string[] = [];
let folder: string;
let speech: Server;
let server: ServerProcess;
let stdout = '';
let root: Credentials;

function canary(what: string): string {
  const secret = `canary${randomBytes(12).toString('hex')}`;
  canaries.add(what, secret);
  return secret;
}

/** Tells back what it is sent, the API key too: some servers do. */
async function startSpeechServer(): Promise<Server> {
  const answering = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: `no luck with ${request.headers.authorization ?? 'no key'}` }));
    });
  });
  answering.listen(0, '127.0.0.1');
  await once(answering, 'listening');
  return answering;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-canary-'));
  speech = await startSpeechServer();
  const masterKey = randomBytes(32).toString('hex');
  canaries.add('master key', masterKey);
  const accessKeySecret = canary('root key secret');
  server = await startServerProcess({
    SMARTJOBS_DATA_DIR: join(folder, 'data'),
    SMARTJOBS_LOG_LEVEL: 'trace',
    SMARTJOBS_WORKERS: '1',
    SMARTJOBS_AUDIT: 'all',
    SMARTJOBS_MASTER_KEY: masterKey,
    SMARTJOBS_ROOT_ACCESS_KEY_ID: 'LTAIroot',
    SMARTJOBS_ROOT_ACCESS_KEY_SECRET: accessKeySecret,
    SMARTJOBS_ASR_URL: `http://127.0.0.1:${(speech.address() as AddressInfo).port}`,
    SMARTJOBS_ASR_API_KEY: canary('speech API key'),
  });
  server.child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  root = { host: server.ready.endpoint.replace('http://', ''), accessKeyId: 'LTAIroot', accessKeySecret };
});
afterAll(async () => {
  if (server.child.exitCode === null) await server.end('SIGTERM');
  speech.close();
  await rm(folder, { recursive: true, force: true });
});

/** A call whose answer may hold no canary, and whose signature is one. */
async function call(
  to: Credentials,
  action: string,
  parameters: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const answer = await rawCall(to, action, parameters, {
    tamper: (form) => canaries.add(`signature of ${action}`, form.get('Signature') ?? ''),
  });
  answers.push(answer.text);
  return json(answer);
}

/** A call whose answer shows a secret, this once. */
async function callForSecret(
  to: Credentials,
  action: string,
  parameters: Record<string, string>,
): Promise<Record<string, unknown>> {
  return json(await rawCall(to, action, parameters));
}

async function makeUser(): Promise<Credentials> {
  await call(root, 'CreateUser', { ...RAM, UserName: 'ann' });
  const made = await callForSecret(root, 'CreateAccessKey', { ...RAM, UserName: 'ann' });
  const key = made['AccessKey'] as { AccessKeyId: string; AccessKeySecret: string };
  canaries.add('secret of a user', key.AccessKeySecret);
  await call(root, 'ListAccessKeys', { ...RAM, UserName: 'ann' });
  return { host: root.host, accessKeyId: key.AccessKeyId, accessKeySecret: key.AccessKeySecret };
}

async function makeSession(): Promise<Credentials> {
  const trust = { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: ['acs:ram::*:root'] } };
  const account = String((await call(root, 'GetCallerIdentity', STS))['AccountId']);
  const document = JSON.stringify({ Version: '1', Statement: [trust] }).replace('::*:', `::${account}:`);
  await call(root, 'CreateRole', { ...RAM, RoleName: 'reader', AssumeRolePolicyDocument: document });
  const user = await makeUser();
  await call(root, 'AttachPolicyToUser', {
    ...RAM,
    PolicyType: 'System',
    PolicyName: 'AliyunSTSAssumeRoleAccess',
    UserName: 'ann',
  });
  const RoleArn = `acs:ram::${account}:role/reader`;
  const made = await callForSecret(user, 'AssumeRole', { ...STS, RoleArn, RoleSessionName: 'session' });
  const session = made['Credentials'] as { AccessKeyId: string; AccessKeySecret: string; SecurityToken: string };
  canaries.add('secret of a session', session.AccessKeySecret);
  canaries.add('security token', session.SecurityToken);
  return {
    host: root.host,
    accessKeyId: session.AccessKeyId,
    accessKeySecret: session.AccessKeySecret,
    securityToken: session.SecurityToken,
  };
}

/** What a caller does right and wrong with its secrets. */
async function useAndAbuse(to: Credentials): Promise<void> {
  const token: Record<string, string> = to.securityToken === undefined ? {} : { SecurityToken: to.securityToken };
  await call(to, 'ListSmartJobs', token);
  await call(to, 'GetCallerIdentity', { ...STS, ...token });
  await call({ ...to, accessKeySecret: canary('wrong secret') }, 'ListSmartJobs', token);
  await call(to, 'ListSmartJobs', { ...token, SecurityToken: canary('wrong token') });
  await call(to, 'SubmitASRJob', { ...token, InputFile: 'nothing', EditingConfig: '{' });
  await call(to, 'DeleteUser', { ...RAM, ...token, UserName: 'nobody' });
  await call(to, 'NoSuchAction', token);
  for (const scheme of ['V3', 'V1'] as const) {
    const outcomes = [to, { ...to, accessKeySecret: canary('wrong secret') }].map((credentials) =>
      openApiCoreClient(credentials, scheme)
        .call('ListSmartJobs', {}, 'GET')
        .catch((error: unknown) => error),
    );
    for (const outcome of await Promise.all(outcomes)) {
      answers.push(outcome instanceof Error ? `${outcome.name} ${outcome.message}` : JSON.stringify(outcome));
    }
  }
}

/** The bytes as they are; for what no client sends. */
async function sendRaw(bytes: string): Promise<void> {
  const [host, port] = root.host.split(':');
  const socket = connect(Number(port), host);
  socket.end(bytes);
  answers.push(await text(socket));
}

async function sendBroken(): Promise<void> {
  const form = signedForm(root, 'ListSmartJobs', {});
  canaries.add('signature of a broken request', form.get('Signature') ?? '');
  const authorization = `ACS3-HMAC-SHA256 Credential=LTAIroot,SignedHeaders=host,Signature=${canary('broken V3 signature')}`;
  await sendRaw(
    `GET /?${form.toString()}&Signature=again HTTP/1.1\r\nhost: ${root.host}\r\nconnection: close\r\n\r\n`,
  );
  await sendRaw(`GET /%zz?${form.toString()} HTTP/1.1\r\nhost: ${root.host}\r\nconnection: close\r\n\r\n`);
  await sendRaw(
    `GET / HTTP/1.1\r\nhost: ${root.host}\r\nauthorization: ${authorization}\r\nconnection: close\r\n\r\n`,
  );
  await sendRaw(
    `POST /?${form.toString()} HTTP/1.1\r\nhost: ${root.host}\r\ncontent-length: 9999999\r\nconnection: close\r\n\r\n`,
  );
  await sendRaw(`BROKEN ${form.toString()}\r\n\r\n`);
}

/** As a client signs it; the official one signs none for an endpoint that is an IP address. */
function signedUrl(key: string, spoiled: string): URL {
  const expires = String(Math.floor(Date.now() / 1000) + 600);
  const signed = `GET\n\n\n${expires}\n/samples/${key}`;
  const signature = createHmac('sha1', root.accessKeySecret).update(signed).digest('base64') + spoiled;
  canaries.add(`signature of the URL of ${key}${spoiled}`, signature);
  const query = new URLSearchParams({ OSSAccessKeyId: root.accessKeyId, Expires: expires, Signature: signature });
  return new URL(`${server.ready.objects}/samples/${key}?${query.toString()}`);
}

async function useObjects(): Promise<void> {
  const storage = objectClient({ ...root, objects: server.ready.objects }, 'samples');
  await storage.put('there', Buffer.from('content'));
  for (const key of ['there', 'missing']) {
    for (const spoiled of ['', 'x']) {
      const url = signedUrl(key, spoiled);
      answers.push(await (await fetch(url)).text());
    }
  }
  const stranger = objectClient(
    { ...root, accessKeySecret: canary('wrong secret'), objects: server.ready.objects },
    'samples',
  );
  const refused = await stranger.get('there').catch((error: unknown) => error);
  answers.push(JSON.stringify(refused) + (refused as Error).message);
}

/** A job whose recognition fails with an answer that tells the API key. */
async function failJob(): Promise<void> {
  const { JobId } = await call(root, 'SubmitASRJob', { InputFile: SAMPLE });
  for (let State = ''; State !== 'Failed';) {
    State = String((await call(root, 'GetSmartHandleJob', { JobId: String(JobId) }))['State']);
    if (State === 'Finished') throw new Error('the speech server was not asked');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('no secret in clear', () => {
  beforeAll(async () => {
    await useAndAbuse(root);
    await useAndAbuse(await makeUser());
    await useAndAbuse(await makeSession());
    await sendBroken();
    await useObjects();
    await failJob();
  });

  test('while the server runs: in its answers, its output, its log and its files', async () => {
    const data = join(folder, 'data');
    expect(await readdir(data)).toEqual(
      expect.arrayContaining(['smartjobs.db', 'smartjobs.db-wal', 'audit', 'server.json']),
    );
    expect(answers.flatMap((answer) => canaries.in('an answer', answer))).toEqual([]);
    expect([...canaries.in('stdout', stdout), ...canaries.in('stderr', server.stderr())]).toEqual([]);
    expect(await canaries.inFolder(data)).toEqual([]);
    expect(server.stderr()).toContain('speech recognition failed');
  });

  test('in a copy of the data folder after the server ended', async () => {
    await server.end('SIGTERM');
    await cp(join(folder, 'data'), join(folder, 'copy'), { recursive: true });
    expect(await canaries.inFolder(join(folder, 'copy'))).toEqual([]);
    expect([...canaries.in('stdout', stdout), ...canaries.in('stderr', server.stderr())]).toEqual([]);
  });

  test('would be found where there was one', () => {
    const secret = canary('a secret');
    expect(canaries.in('a place', `..${Buffer.from(secret).toString('base64url')}..`)).toEqual([
      'a secret (base64url) in a place',
    ]);
  });
});
