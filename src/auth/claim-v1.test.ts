import { describe, expect, test } from 'vitest';
import { claimV1 } from './claim-v1.ts';
import { signV1, stringToSignV1 } from './signature-v1.ts';
import type { SignedRequest } from './signed-request.ts';
import { commonV1, requestV1, unsigned } from './test-requests.ts';

/** The code of the refusal, or `verified`. */
function outcomeOf(request: SignedRequest, secret = 'testsecret'): string {
  const claim = claimV1(request);
  if (claim.kind === 'refused') return claim.code;
  return claim.checkSignature(secret)?.code ?? 'verified';
}

function without(name: string): SignedRequest {
  const query = new Map(requestV1().query);
  query.delete(name);
  return unsigned({ query });
}

describe('claims of scheme V1', () => {
  test.each(['AccessKeyId', 'SignatureNonce', 'Timestamp', 'SignatureMethod', 'SignatureVersion'])(
    'a request without %s is told so',
    (name) => {
      expect(claimV1(without(name))).toEqual({
        kind: 'refused',
        code: `Missing${name}`,
        message: `${name} is mandatory for this action.`,
      });
    },
  );

  test('an empty common parameter counts as absent', () => {
    expect(outcomeOf(requestV1({ SignatureNonce: '' }))).toBe('MissingSignatureNonce');
  });

  test('an empty signature is incomplete', () => {
    expect(outcomeOf(unsigned({ query: commonV1({ Signature: '' }) }))).toBe('IncompleteSignature');
  });

  test.each([
    ['SignatureMethod', 'HMAC-MD5'],
    ['SignatureMethod', 'constructor'],
    ['SignatureType', 'PRIVATEKEY'],
  ])('refuses the %s %s, naming the accepted methods', (name, value) => {
    expect(claimV1(requestV1({ [name]: value }))).toMatchObject({
      code: 'InvalidSignatureMethod',
      message: expect.stringContaining('HMAC-SHA1 or HMAC-SHA256'),
    });
  });

  test('refuses other signature versions', () => {
    expect(outcomeOf(requestV1({ SignatureVersion: '2.0' }))).toBe('IncompleteSignature');
  });

  test('verifies HMAC-SHA256 where the request names it', () => {
    const query = commonV1({ SignatureMethod: 'HMAC-SHA256' });
    query.set('Signature', signV1('HMAC-SHA256', 'testsecret', stringToSignV1('GET', query, new Map())));
    expect(outcomeOf(unsigned({ query }))).toBe('verified');
  });

  test('verifies a POST that has everything in its form body', () => {
    const form = commonV1({ Title: 'a b' });
    form.set('Signature', signV1('HMAC-SHA1', 'testsecret', stringToSignV1('POST', new Map(), form)));
    expect(outcomeOf(unsigned({ method: 'POST', form }))).toBe('verified');
  });

  test('verifies with the right secret only', () => {
    expect(outcomeOf(requestV1())).toBe('verified');
    expect(outcomeOf(requestV1(), 'other')).toBe('SignatureDoesNotMatch');
  });

  test.each([
    {
      what: 'a changed parameter',
      change: { query: new Map([...requestV1().query, ['Action', 'DeleteSmartJob']]) },
    },
    { what: 'an added parameter', change: { query: new Map([...requestV1().query, ['PageNo', '2']]) } },
    { what: 'an added form parameter', change: { form: new Map([['PageNo', '2']]) } },
    { what: 'another value in the form', change: { form: new Map([['Action', 'DeleteSmartJob']]) } },
    { what: 'another method', change: { method: 'POST' as const } },
    { what: 'a cut signature', change: { query: new Map([...requestV1().query, ['Signature', 'FPmv']]) } },
  ])('refuses $what', ({ change }) => {
    expect(outcomeOf({ ...requestV1(), ...change })).toBe('SignatureDoesNotMatch');
  });

  test('shows its own string to sign behind the only colon of the message', () => {
    const request = requestV1({ InputFile: 'oss://b/a:b', Title: '测试: (1)' });
    const claim = claimV1(request);
    const message = claim.kind === 'claim' ? claim.checkSignature('other')?.message : undefined;
    expect(message?.split(':')).toEqual([
      'Specified signature is not matched with our calculation. server string to sign is',
      stringToSignV1('GET', request.query, request.form),
    ]);
  });
});
