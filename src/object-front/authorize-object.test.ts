import { describe, expect, test } from 'vitest';
import { compilePolicy, type CompiledPolicy } from '../auth/policy/compile-policy.ts';
import { parsePolicy } from '../auth/policy/parse-policy.ts';
import { CAROL, errorOf, FrontFixture } from './contract/front-fixture.ts';

const fixture = new FrontFixture();
const signer = CAROL;

function allowing(action: string | string[], resource: string, condition?: object): CompiledPolicy {
  const statement = {
    Effect: 'Allow',
    Action: action,
    Resource: resource,
    ...(condition && { Condition: condition }),
  };
  const parsed = parsePolicy(JSON.stringify({ Version: '1', Statement: [statement] }));
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return compilePolicy(parsed.policy, 'test');
}

describe('a user of the account', () => {
  test('without a policy gets at nothing, and is told which action was not allowed', async () => {
    await fixture.send('PUT', 'media', 'a.txt', { body: 'text' });
    const refused = await fixture.send('GET', 'media', 'a.txt', { signer });
    expect(refused.status).toBe(403);
    const text = await refused.text();
    expect(text).toContain('<Code>AccessDenied</Code>');
    expect(text).toContain('oss:GetObject on acs:oss:*:1000000000000001:media/a.txt');
    expect(await errorOf(await fixture.send('PUT', 'media', 'b.txt', { signer, body: 'x' }))).toBe('AccessDenied');
    expect(await errorOf(await fixture.send('PUT', 'other-bucket', '', { signer }))).toBe('AccessDenied');
  });

  test('gets at what the policies allow, and no further', async () => {
    fixture.policies = [allowing(['oss:GetObject', 'oss:PutObject'], 'acs:oss:*:*:media/mine/*')];
    expect((await fixture.send('PUT', 'media', 'mine/a.txt', { signer, body: 'text' })).status).toBe(200);
    expect(await (await fixture.send('GET', 'media', 'mine/a.txt', { signer })).text()).toBe('text');
    expect((await fixture.send('HEAD', 'media', 'mine/a.txt', { signer })).status).toBe(200);
    expect((await fixture.send('GET', 'media', 'a.txt', { signer })).status).toBe(403);
    const refused = await fixture.send('DELETE', 'media', 'mine/a.txt', { signer });
    expect(await refused.text()).toContain('oss:DeleteObject on acs:oss:*:1000000000000001:media/mine/a.txt');
    fixture.policies = [allowing('oss:DeleteObject', 'acs:oss:*:*:media/mine/*')];
    expect((await fixture.send('DELETE', 'media', 'mine/a.txt', { signer })).status).toBe(204);
  });

  test('is held to the conditions of a policy', async () => {
    fixture.policies = [allowing('oss:*', '*', { Bool: { 'acs:SecureTransport': 'true' } })];
    expect((await fixture.send('PUT', 'media', 'a.txt', { signer, body: 'text' })).status).toBe(403);
    fixture.policies = [allowing('oss:*', '*', { IpAddress: { 'acs:SourceIp': '127.0.0.0/8' } })];
    expect((await fixture.send('PUT', 'media', 'a.txt', { signer, body: 'text' })).status).toBe(200);
  });
});

test('the account itself needs no policy', async () => {
  expect((await fixture.send('PUT', 'media', 'a.txt', { body: 'text' })).status).toBe(200);
});
