import { createSecretKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { authenticate, type Authentication } from './authenticate.ts';
import { sealSecurityToken, type SessionGrant } from './security-token.ts';
import type { SignedRequest } from './signed-request.ts';
import { requestV1, requestV3, TEST_KEY, TEST_KEYS, TEST_TOKEN_KEY, VECTOR_TIME } from './test-requests.ts';

const GRANT: SessionGrant = {
  accessKeyId: 'STS.session',
  secret: TEST_KEY.secret,
  account: TEST_KEY.account,
  roleId: '300000000000000001',
  roleName: 'reader',
  sessionName: 'alice',
  sessionPolicy: '',
  expiresAt: VECTOR_TIME + 900_000,
};

const nonces = { remember: async () => true, stop: () => Promise.resolve() };

/** @param offset milliseconds by which the server's clock differs from the time of the vectors */
function arrive(request: SignedRequest, offset = 0): Promise<Authentication> {
  const clock = new ManualClock(VECTOR_TIME + offset);
  return authenticate(request, { keys: TEST_KEYS, nonces, clock, tokenKey: TEST_TOKEN_KEY });
}

const TOKEN = sealSecurityToken(TEST_TOKEN_KEY, GRANT);

const SCHEMES = [
  {
    scheme: 'V1',
    signed: (token: string, id = GRANT.accessKeyId) => requestV1({ AccessKeyId: id, SecurityToken: token }),
  },
  {
    scheme: 'V3',
    signed: (token: string, keyId = GRANT.accessKeyId) =>
      requestV3({ keyId, headers: { 'x-acs-security-token': token, 'x-acs-accesskey-id': keyId } }),
  },
];

describe.each(SCHEMES)('a temporary key, scheme $scheme', ({ signed }) => {
  test('proves the session that its token holds', async () => {
    expect(await arrive(signed(TOKEN))).toEqual({
      kind: 'caller',
      caller: {
        kind: 'role-session',
        account: TEST_KEY.account,
        accessKeyId: 'STS.session',
        roleId: '300000000000000001',
        roleName: 'reader',
        sessionName: 'alice',
        sessionPolicy: '',
      },
    });
  });

  test('needs a signature with its own secret', async () => {
    const token = sealSecurityToken(TEST_TOKEN_KEY, { ...GRANT, secret: 'another' });
    expect(await arrive(signed(token))).toMatchObject({ code: 'SignatureDoesNotMatch' });
  });

  test('ends with the session, to the millisecond, and says when that was', async () => {
    const brief = sealSecurityToken(TEST_TOKEN_KEY, { ...GRANT, expiresAt: VECTOR_TIME + 1000 });
    expect(await arrive(signed(brief), 999)).toMatchObject({ kind: 'caller' });
    expect(await arrive(signed(brief), 1000)).toMatchObject({
      code: 'InvalidSecurityToken.Expired',
      message: expect.stringContaining('2026-01-02T03:04:06Z'),
    });
  });

  test('is not good with the token of another session, nor without one', async () => {
    expect(await arrive(signed(TOKEN, 'STS.other'))).toMatchObject({
      code: 'InvalidSecurityToken.MismatchWithAccessKey',
    });
    expect(await arrive(signed(''))).toMatchObject({ code: 'MissingSecurityToken' });
  });

  test('is not good with a token that was changed, cut, or sealed by another server', async () => {
    const foreign = sealSecurityToken(createSecretKey(Buffer.alloc(32, 1)), GRANT);
    const middle = TOKEN.length >> 1;
    const changed = `${TOKEN.slice(0, middle)}${TOKEN[middle] === 'A' ? 'B' : 'A'}${TOKEN.slice(middle + 1)}`;
    for (const token of [foreign, changed, TOKEN.slice(0, -4), 'v1.', '测试']) {
      expect(await arrive(signed(token)), token).toMatchObject({ code: 'InvalidSecurityToken.Malformed' });
    }
  });
});

test('a token shows neither the secret nor whom it is for', () => {
  const bytes = Buffer.from(TOKEN.slice(TOKEN.indexOf('.')), 'base64url').toString('latin1');
  for (const text of [GRANT.secret, GRANT.roleName, GRANT.account]) {
    expect(TOKEN).not.toContain(text);
    expect(bytes).not.toContain(text);
  }
});
