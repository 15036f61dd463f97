import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RpcClient } from '../../client/rpc-client.ts';
import { startBench, type Bench, type Ran } from '../test-bench.ts';

let bench: Bench;
let run: (...args: string[]) => Promise<Ran>;

beforeAll(async () => {
  bench = await startBench();
  run = (...args) => bench.run(args);
  const save = (name: string, document: unknown) => writeFile(join(bench.folder, name), JSON.stringify(document));
  const list = { Effect: 'Allow', Action: 'ice:ListSmartJobs', Resource: '*' };
  await save('list-only.json', { Version: '1', Statement: [list] });
  await save('with-deny.json', {
    Version: '1',
    Statement: [list, { Effect: 'Deny', Action: 'ice:Submit*', Resource: '*' }],
  });
  await save('broken.json', { Version: '1', Statement: [{ ...list, Effect: 'Alow' }] });
  const Principal = { RAM: [`acs:ram::${bench.account}:root`] };
  await save('trust.json', {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }],
  });
});
afterAll(() => bench.stop());

test('a user gets a key and a list-only policy, and is refused what that does not allow', async () => {
  expect(await run('users', 'create', 'alice', '--display-name', 'Alice')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/UserName +alice\n[^]*DisplayName +Alice\n/),
  });
  expect(await run('policies', 'create', 'list-only', 'list-only.json')).toMatchObject({ code: 0 });
  expect(await run('policies', 'attach', 'list-only', '--to', 'user/alice')).toEqual({
    code: 0,
    out: 'list-only is attached to user/alice.\n',
    err: '',
  });
  const created = await run('keys', 'create', 'alice');
  expect(created).toMatchObject({ code: 0, err: expect.stringContaining('shown this once') });
  const id = /AccessKeyId +(\w+)/.exec(created.out)?.[1] ?? '';
  const secret = /AccessKeySecret +(\w+)/.exec(created.out)?.[1] ?? '';
  const alice = new RpcClient({ endpoint: bench.endpoint, key: { id, secret } });
  expect(await alice.call('ListSmartJobs', {})).toMatchObject({ kind: 'ok' });
  expect(await alice.call('SubmitASRJob', { InputFile: 'oss://b/a.wav' })).toMatchObject({ code: 'NoPermission' });

  const listed = await run('keys', 'list', 'alice');
  expect(listed.out).toMatch(new RegExp(`^AccessKeyId +Status +CreateDate\n${id} +Active +20`));
  expect(listed.out).not.toContain(secret);
  expect(await run('keys', 'disable', 'alice', id)).toMatchObject({ code: 0 });
  expect(await alice.call('ListSmartJobs', {})).toMatchObject({ code: 'InvalidAccessKeyId.Inactive' });
  expect(await run('keys', 'enable', 'alice', id)).toMatchObject({ code: 0 });
  expect(await alice.call('ListSmartJobs', {})).toMatchObject({ kind: 'ok' });
  expect((await run('keys', 'last-used', 'alice', id)).out).toMatch(/^LastUsedDate +\d{4}-/);
  expect(await run('keys', 'delete', 'alice', id)).toMatchObject({ code: 0 });
});

describe('policies', () => {
  test('simulate says what would be decided, and by which statement', async () => {
    await run('users', 'create', 'bob');
    const simulate = (...args: string[]) => run('policies', 'simulate', '--as', 'user/bob', ...args);
    expect((await simulate('ice:ListSmartJobs')).out).toBe(
      'denied (ImplicitDeny): no statement of any policy allows it\n',
    );
    await run('policies', 'create', 'with-deny', 'with-deny.json');
    await run('policies', 'attach', 'with-deny', '--to', 'user/bob');
    await run('policies', 'attach', 'AliyunICEFullAccess', '--to', 'user/bob');
    expect((await simulate('ice:SubmitASRJob')).out).toBe(
      'denied (ExplicitDeny): Statement[1] of Custom/with-deny says Deny\n',
    );
    expect((await simulate('ice:GetSmartHandleJob', '--context', 'acs:SourceIp=192.0.2.1')).out).toBe(
      'allowed: Statement[0] of System/AliyunICEFullAccess says Allow\n',
    );
    expect(JSON.parse((await simulate('ice:SubmitASRJob', '--json')).out)).toMatchObject({
      Decision: { Allowed: false, MatchedPolicies: [{ PolicyIdentifier: 'with-deny', Statement: 1 }] },
    });
    expect(await simulate('ice:SubmitASRJob', '--context', 'nonsense')).toMatchObject({ code: 2 });
    expect(await run('policies', 'simulate', '--as', 'bob', 'ice:ListSmartJobs')).toMatchObject({ code: 1 });
  });

  test('explain decodes a refusal', async () => {
    const { out } = await run('keys', 'create', 'bob', '--json');
    const { AccessKey: key } = JSON.parse(out) as { AccessKey: Record<string, string> };
    const body = await fetchRefusal(bench, { id: key['AccessKeyId'] ?? '', secret: key['AccessKeySecret'] ?? '' });
    const explained = await run('policies', 'explain', body);
    expect(explained.out).toMatch(/^SubUser \d{18} may not do ice:SubmitASRJob on \*\n/);
    expect(explained.out).toContain('Statement[1] of Custom/with-deny says Deny');
    expect(explained.out).toContain('acs:SourceIp = 127.0.0.1');
    expect(await run('policies', 'explain', 'nonsense')).toMatchObject({ code: 1 });
  });

  test('say where a document is wrong, and which file cannot be read', async () => {
    const broken = await run('policies', 'create', 'broken', 'broken.json');
    expect(broken).toMatchObject({ code: 1, err: expect.stringContaining('Statement[0].Effect') });
    expect(await run('policies', 'create', 'none', 'none.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining("'none.json' cannot be read"),
    });
  });

  test('are updated, listed, got, detached and deleted', async () => {
    expect((await run('policies', 'update', 'list-only', 'with-deny.json')).out).toMatch(/VersionId +v2\n/);
    expect((await run('policies', 'get', 'list-only')).out).toContain('ice:Submit*');
    expect((await run('policies', 'get', 'AliyunICEReadOnlyAccess')).out).toMatch(/PolicyType +System\n/);
    expect((await run('policies', 'list', '--policy-type', 'custom')).out).toMatch(/Custom +list-only +v2 +1/);
    expect((await run('policies', 'of', 'user/alice')).out).toMatch(/Custom +list-only/);
    await run('policies', 'detach', 'list-only', '--from', 'user/alice');
    expect(await run('policies', 'delete', 'list-only')).toMatchObject({ code: 0 });
    expect(await run('policies', 'attach', 'list-only', '--to', 'alice')).toMatchObject({ code: 2 });
  });
});

test('roles are created with a trust policy from a file, changed, listed and deleted', async () => {
  expect((await run('roles', 'create', 'reader', 'trust.json', '--max-session-duration', '7200')).out).toContain(
    `acs:ram::${bench.account}:role/reader`,
  );
  expect(await run('roles', 'update', 'reader', '--max-session-duration', '60')).toMatchObject({ code: 2 });
  expect((await run('roles', 'trust', 'reader', 'trust.json')).out).toMatch(/MaxSessionDuration +7200/);
  expect((await run('roles', 'list')).out).toMatch(/reader +7200/);
  expect(await run('roles', 'delete', 'reader')).toMatchObject({ code: 0 });
  expect(await run('roles', 'get', 'reader')).toMatchObject({ code: 1 });
});

test('groups have users', async () => {
  await run('groups', 'create', 'dev', '--comments', 'developers');
  expect((await run('groups', 'add', 'dev', 'alice')).out).toBe('alice is in dev now.\n');
  expect((await run('groups', 'users', 'dev')).out).toMatch(/alice/);
  expect((await run('users', 'groups', 'alice')).out).toMatch(/dev/);
  await run('groups', 'remove', 'dev', 'alice');
  expect(await run('groups', 'delete', 'dev')).toMatchObject({ code: 0 });
});

test('long lists say how to go on', async () => {
  const first = await run('users', 'list', '--max-items', '1');
  const marker = /--marker (\S+)/.exec(first.err)?.[1] ?? '';
  expect(first.out).toContain('alice');
  expect((await run('users', 'list', '--max-items', '1', '--marker', marker)).out).toContain('bob');
});

/** The diagnostic message of a submit that is refused. */
async function fetchRefusal(
  { endpoint }: Bench,
  key: { readonly id: string; readonly secret: string },
): Promise<string> {
  const outcome = await new RpcClient({ endpoint, key }).call('SubmitASRJob', { InputFile: 'oss://b/a.wav' });
  if (outcome.kind !== 'error') throw new Error('the submit was not refused');
  return outcome.diagnosticMessage ?? '';
}
