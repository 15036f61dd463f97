import { describe, expect, test, vi, type Mock } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import type { AccessKey, AccessKeys } from './access-key.ts';
import { authenticate, type Authentication } from './authenticate.ts';
import { NONCE_LIFE_MS, type NonceMemory } from './nonce-memory.ts';
import type { SignedRequest } from './signed-request.ts';
import {
  requestV1,
  requestV3,
  TEST_KEY,
  TEST_KEYS,
  TEST_TOKEN_KEY,
  unsigned,
  VECTOR_TIME,
} from './test-requests.ts';

/** A nonce memory that never expires, and shows what it was given. */
class RecordingNonces implements NonceMemory {
  readonly kept = new Map<string, number>();

  async remember(accessKeyId: string, nonce: string, until: number): Promise<boolean> {
    const name = `${accessKeyId} ${nonce}`;
    if (this.kept.has(name)) return false;
    this.kept.set(name, until);
    return true;
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}

/** Keys under whatever id, each as the key of the tests but for this. Tells what was used. */
function holding(changes: Partial<AccessKey>): AccessKeys & { readonly used: Mock<AccessKeys['used']> } {
  return {
    find: (id) => Promise.resolve({ key: { ...TEST_KEY, id, ...changes } }),
    used: vi.fn<AccessKeys['used']>(),
  };
}

/** @param offset milliseconds by which the server's clock differs from the time of the vectors */
function arrive(request: SignedRequest, nonces = new RecordingNonces(), offset = 0): Promise<Authentication> {
  return authenticate(request, {
    tokenKey: TEST_TOKEN_KEY,
    keys: TEST_KEYS,
    nonces,
    clock: new ManualClock(VECTOR_TIME + offset),
  });
}

async function codeOf(request: SignedRequest, nonces?: RecordingNonces): Promise<string> {
  const outcome = await arrive(request, nonces);
  return outcome.kind === 'refused' ? outcome.code : outcome.kind;
}

const SCHEMES = [
  { scheme: 'V1', request: (nonce: string, id: string) => requestV1({ SignatureNonce: nonce, AccessKeyId: id }) },
  {
    scheme: 'V3',
    request: (nonce: string, id: string) => requestV3({ keyId: id, headers: { 'x-acs-signature-nonce': nonce } }),
  },
];

describe.each(SCHEMES)('authentication, scheme $scheme', ({ request }) => {
  test('tells the caller of a correctly signed request', async () => {
    expect(await arrive(request('n', 'testid'))).toEqual({
      kind: 'caller',
      caller: { kind: 'root', account: TEST_KEY.account, accessKeyId: 'testid' },
    });
  });

  test.each([
    { minutes: '14:59 behind', offset: 899_000 },
    { minutes: '14:59 ahead', offset: -899_000 },
    { minutes: '15:00 behind', offset: 900_000 },
    { minutes: '15:00 ahead', offset: -900_000 },
  ])('accepts a request dated $minutes', async ({ offset }) => {
    expect(await arrive(request('n', 'testid'), undefined, offset)).toMatchObject({ kind: 'caller' });
  });

  test.each([
    { minutes: '15:01 behind', offset: 901_000, told: '901 seconds behind' },
    { minutes: '15:01 ahead', offset: -901_000, told: '901 seconds ahead of' },
  ])('refuses a request dated $minutes', async ({ offset, told }) => {
    const outcome = await arrive(request('n', 'testid'), undefined, offset);
    expect(outcome).toMatchObject({ code: 'InvalidTimeStamp.Expired', message: expect.stringContaining(told) });
  });

  test('refuses the same request a second time', async () => {
    const nonces = new RecordingNonces();
    expect(await codeOf(request('n', 'testid'), nonces)).toBe('caller');
    expect(await codeOf(request('n', 'testid'), nonces)).toBe('SignatureNonceUsed');
  });

  test('accepts one nonce under two keys', async () => {
    const nonces = new RecordingNonces();
    expect(await codeOf(request('n', 'testid'), nonces)).toBe('caller');
    expect(await codeOf(request('n', 'testid2'), nonces)).toBe('caller');
  });

  test('remembers a nonce for 31 minutes from its arrival', async () => {
    const nonces = new RecordingNonces();
    await arrive(request('n', 'testid'), nonces, 60_000);
    expect([...nonces.kept]).toEqual([['testid n', VECTOR_TIME + 60_000 + NONCE_LIFE_MS]]);
    expect(NONCE_LIFE_MS).toBe(31 * 60 * 1000);
  });

  test('refuses an unknown key, keeping no nonce', async () => {
    const nonces = new RecordingNonces();
    expect(await codeOf(request('n', 'nobody'), nonces)).toBe('InvalidAccessKeyId.NotFound');
    expect(nonces.kept.size).toBe(0);
  });

  test('a wrong signature is refused and burns no nonce', async () => {
    const nonces = new RecordingNonces();
    const keys = holding({ secret: 'other' });
    const wrong = await authenticate(request('n', 'testid'), {
      tokenKey: TEST_TOKEN_KEY,
      keys,
      nonces,
      clock: new ManualClock(VECTOR_TIME),
    });
    expect(wrong).toMatchObject({ kind: 'refused', code: 'SignatureDoesNotMatch' });
    expect(nonces.kept.size).toBe(0);
    expect(await codeOf(request('n', 'testid'), nonces)).toBe('caller');
  });

  test('tells the user whose key it is', async () => {
    const keys = holding({ principal: { kind: 'user', userId: '200000000000000001', userName: 'alice' } });
    const clock = new ManualClock(VECTOR_TIME);
    expect(
      await authenticate(request('n', 'of-alice'), {
        tokenKey: TEST_TOKEN_KEY,
        keys,
        nonces: new RecordingNonces(),
        clock,
      }),
    ).toEqual({
      kind: 'caller',
      caller: {
        kind: 'user',
        account: TEST_KEY.account,
        accessKeyId: 'of-alice',
        userId: '200000000000000001',
        userName: 'alice',
      },
    });
  });

  test('refuses a disabled key, right signature or not, keeping no nonce and noting no use', async () => {
    const nonces = new RecordingNonces();
    for (const secret of [TEST_KEY.secret, 'other']) {
      const keys = holding({ status: 'Inactive', secret });
      const outcome = await authenticate(request('n', 'testid'), {
        tokenKey: TEST_TOKEN_KEY,
        keys,
        nonces,
        clock: new ManualClock(VECTOR_TIME),
      });
      expect(outcome).toMatchObject({ kind: 'refused', code: 'InvalidAccessKeyId.Inactive' });
      expect(keys.used).not.toHaveBeenCalled();
    }
    expect(nonces.kept.size).toBe(0);
  });

  test('notes a use only of requests that it lets through', async () => {
    const parts = { tokenKey: TEST_TOKEN_KEY, nonces: new RecordingNonces(), clock: new ManualClock(VECTOR_TIME) };
    const wrong = holding({ secret: 'other' });
    await authenticate(request('n', 'testid'), { ...parts, keys: wrong });
    expect(wrong.used).not.toHaveBeenCalled();
    const right = holding({});
    await authenticate(request('n', 'testid'), { ...parts, keys: right });
    await authenticate(request('n', 'testid'), { ...parts, keys: right });
    expect(right.used.mock.calls).toEqual([['testid']]);
  });

  test('a wrong signature with a used nonce is told as a wrong signature', async () => {
    const nonces = new RecordingNonces();
    await nonces.remember('testid', 'n', Infinity);
    const keys = holding({ secret: 'other' });
    const wrong = await authenticate(request('n', 'testid'), {
      tokenKey: TEST_TOKEN_KEY,
      keys,
      nonces,
      clock: new ManualClock(VECTOR_TIME),
    });
    expect(wrong).toMatchObject({ code: 'SignatureDoesNotMatch' });
  });

  test('an expired request of an unknown key is told that it is expired', async () => {
    const outcome = await arrive(request('n', 'nobody'), undefined, 901_000);
    expect(outcome).toMatchObject({ code: 'InvalidTimeStamp.Expired' });
  });

  test('asks an STS key for its token', async () => {
    expect(await codeOf(request('n', 'STS.nobody'))).toBe('MissingSecurityToken');
  });
});

describe('a security token', () => {
  const withToken = [
    { scheme: 'V1', request: requestV1({ SecurityToken: 't' }) },
    { scheme: 'V3', request: requestV3({ headers: { 'x-acs-security-token': 't' } }) },
  ];

  test.each(withToken)('is refused with a long-lived key, keeping no nonce ($scheme)', async ({ request }) => {
    const nonces = new RecordingNonces();
    expect(await codeOf(request, nonces)).toBe('InvalidSecurityToken.MismatchWithAccessKey');
    expect(nonces.kept.size).toBe(0);
  });

  test('that no key of this server sealed is malformed, whatever STS key comes with it', async () => {
    const request = requestV1({ AccessKeyId: 'STS.nobody', SecurityToken: 't' });
    expect(await codeOf(request)).toBe('InvalidSecurityToken.Malformed');
  });

  test('that is empty counts as absent', async () => {
    expect(await codeOf(requestV1({ SecurityToken: '' }))).toBe('caller');
  });
});

describe('authentication of unsigned requests', () => {
  test('names AccessKeyId and says what to send', async () => {
    const outcome = await arrive(unsigned());
    expect(outcome).toMatchObject({
      code: 'MissingAccessKeyId',
      message: expect.stringMatching(/^AccessKeyId is mandatory for this action\. Sign the request/),
    });
  });

  test('takes the headers x-acs-action and x-acs-version for no scheme', async () => {
    const headers = { 'x-acs-action': 'ListSmartJobs', 'x-acs-version': '2020-11-09' };
    expect(await codeOf(unsigned({ headers }))).toBe('MissingAccessKeyId');
    expect(await codeOf({ ...requestV1(), headers })).toBe('caller');
  });

  test.each([
    { what: 'a bearer token in the query', parts: { query: new Map([['BearerToken', 't']]) } },
    { what: 'a bearer token in a header', parts: { headers: { 'x-acs-bearer-token': 't' } } },
    { what: 'the bearer signature type', parts: { query: new Map([['SignatureType', 'BEARERTOKEN']]) } },
    { what: 'an Authorization of another kind', parts: { headers: { authorization: 'Bearer t' } } },
    { what: 'an AccessKeyId without a Signature', parts: { form: new Map([['AccessKeyId', 'testid']]) } },
  ])('refuses $what as incomplete', async ({ parts }) => {
    expect(await codeOf(unsigned(parts))).toBe('IncompleteSignature');
  });
});
