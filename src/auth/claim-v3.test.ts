import { describe, expect, test } from 'vitest';
import { claimV3 } from './claim-v3.ts';
import type { SignedRequest } from './signed-request.ts';
import { requestV3 } from './test-requests.ts';

function read(request: SignedRequest): ReturnType<typeof claimV3> {
  return claimV3(request, request.headers.authorization ?? '');
}

/** The code of the refusal, or `verified`. */
function outcomeOf(request: SignedRequest, secret = 'testsecret'): string {
  const claim = read(request);
  if (claim.kind === 'refused') return claim.code;
  return claim.checkSignature(secret)?.code ?? 'verified';
}

function withHeaders(request: SignedRequest, headers: Record<string, string>): SignedRequest {
  return { ...request, headers: { ...request.headers, ...headers } };
}

function withAuthorization(change: (text: string) => string): SignedRequest {
  const request = requestV3();
  return withHeaders(request, { authorization: change(request.headers.authorization ?? '') });
}

describe('claims of scheme V3', () => {
  test.each(['x-acs-date', 'x-acs-signature-nonce', 'x-acs-content-sha256'])(
    'a request without %s is told so',
    (name) => {
      const message = `The header ${name} is mandatory for this action.`;
      expect(read(requestV3({ headers: { [name]: undefined } }))).toMatchObject({
        code: 'MissingParameter',
        message,
      });
    },
  );

  test.each(['ACS3-RSA-SHA256', 'ACS3-HMAC-MD5'])('refuses %s, naming the accepted algorithms', (algorithm) => {
    expect(read(withAuthorization((text) => text.replace('ACS3-HMAC-SHA256', algorithm)))).toMatchObject({
      code: 'InvalidSignatureMethod',
      message: expect.stringContaining('ACS3-HMAC-SHA256 and ACS3-HMAC-SM3'),
    });
  });

  test('verifies both algorithms, with the right secret only', () => {
    expect(outcomeOf(requestV3())).toBe('verified');
    expect(outcomeOf(requestV3({ algorithm: 'ACS3-HMAC-SM3' }))).toBe('verified');
    expect(outcomeOf(requestV3(), 'other')).toBe('SignatureDoesNotMatch');
  });

  test('verifies headers that it has never heard of, by the SignedHeaders of the request', () => {
    const headers = { 'x-acs-credentials-provider': 'static_ak', 'x-acs-retry-attempts': '1' };
    expect(outcomeOf(requestV3({ headers }))).toBe('verified');
  });

  test('verifies whatever the order of SignedHeaders', () => {
    const reversed = withAuthorization((text) =>
      text.replace(
        /SignedHeaders=([^,]+)/,
        (_, names: string) => `SignedHeaders=${names.split(';').toReversed().join(';')}`,
      ),
    );
    expect(outcomeOf(reversed)).toBe('verified');
  });

  test('verifies the host as sent, port included', () => {
    expect(outcomeOf(requestV3({ headers: { host: '127.0.0.1:7788' } }))).toBe('verified');
    expect(outcomeOf(withHeaders(requestV3({ headers: { host: 'h:7788' } }), { host: 'h' }))).toBe(
      'SignatureDoesNotMatch',
    );
  });

  test.each(['host', 'x-acs-action', 'x-acs-date'])('refuses a request that does not sign its %s', (name) => {
    const request = withAuthorization((text) => text.replace(`${name};`, ''));
    expect(read(request)).toMatchObject({ code: 'IncompleteSignature', message: expect.stringContaining(name) });
  });

  test('refuses an x-acs-* header that was added on the way, even when others are signed but absent', () => {
    expect(outcomeOf(withHeaders(requestV3(), { 'x-acs-extra': '1' }))).toBe('IncompleteSignature');
    const request = withAuthorization((text) => text.replace('x-acs-version', 'x-acs-version;x-acs-absent'));
    expect(outcomeOf(withHeaders(request, { 'x-acs-extra': '1' }))).toBe('IncompleteSignature');
  });

  test('does not ask for headers of other names to be signed', () => {
    expect(outcomeOf(withHeaders(requestV3(), { accept: 'application/json', 'user-agent': 'u' }))).toBe('verified');
  });

  test.each([
    { what: 'a changed query', change: { query: new Map([['PageNo', '2']]) } },
    { what: 'another method', change: { method: 'POST' as const } },
    { what: 'another path', change: { path: '/other' } },
  ])('refuses $what', ({ change }) => {
    expect(outcomeOf({ ...requestV3(), ...change })).toBe('SignatureDoesNotMatch');
  });

  test('refuses a changed signed header', () => {
    expect(outcomeOf(withHeaders(requestV3(), { 'x-acs-action': 'DeleteSmartJob' }))).toBe('SignatureDoesNotMatch');
  });

  test('refuses a changed body, with its old hash and with its own', () => {
    const body = Buffer.from('InputFile=other');
    const tampered = { ...requestV3(), body };
    expect(outcomeOf(tampered)).toBe('ContentSHA256NotMatched');
    const hash = requestV3({ body }).headers['x-acs-content-sha256'] ?? '';
    expect(outcomeOf(withHeaders(tampered, { 'x-acs-content-sha256': hash }))).toBe('SignatureDoesNotMatch');
  });

  test('refuses a signed hash that is not the hash of the body', () => {
    expect(outcomeOf(requestV3({ headers: { 'x-acs-content-sha256': 'UNSIGNED-PAYLOAD' } }))).toBe(
      'ContentSHA256NotMatched',
    );
  });

  test('shows its canonical request with the token masked, and ends with its string to sign', () => {
    const claim = read(requestV3({ headers: { 'x-acs-security-token': 'tok/en+1' } }));
    const message = (claim.kind === 'claim' && claim.checkSignature('other')?.message) || '';
    expect(message).toMatch(/server CanonicalRequest is \[GET\n\/\n\nhost:ice\.example\.test\n[^\]]*\]/);
    expect(message).toContain('x-acs-security-token:***\n');
    expect(message).not.toContain('tok/en+1');
    expect(message).toMatch(/server StringToSign is \[ACS3-HMAC-SHA256\n[0-9a-f]{64}\]$/);
  });
});
