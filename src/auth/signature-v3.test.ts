import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { canonicalRequestV3, payloadHashV3, stringToSignV3 } from './signature-v3.ts';
import type { SignedRequest } from './signed-request.ts';
import { requestV3 } from './test-requests.ts';

const PLAIN_HEADERS = 'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version';

const listQuery = new Map([
  ['JobType', 'ASR'],
  ['PageSize', '10'],
  ['SortBy', 'CreationTime:Desc'],
]);

const submitHeaders = { 'x-acs-action': 'SubmitASRJob', 'x-acs-signature-nonce': '0002' };

function signatureOf(request: SignedRequest): string | undefined {
  return /Signature=([0-9a-f]{64})$/.exec(request.headers.authorization ?? '')?.[1];
}

describe('signature V3', () => {
  test('canonicalizes a ListSmartJobs byte for byte', () => {
    const request = requestV3({ query: listQuery });
    const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    expect(payloadHashV3('ACS3-HMAC-SHA256', request.body)).toBe(emptyHash);
    const canonical = canonicalRequestV3(request, PLAIN_HEADERS.split(';'), emptyHash);
    expect(canonical).toBe(
      'GET\n/\nJobType=ASR&PageSize=10&SortBy=CreationTime%3ADesc\n' +
        `host:ice.example.test\nx-acs-action:ListSmartJobs\nx-acs-content-sha256:${emptyHash}\n` +
        'x-acs-date:2026-01-02T03:04:05Z\nx-acs-signature-nonce:0001\nx-acs-version:2020-11-09\n\n' +
        `${PLAIN_HEADERS}\n${emptyHash}`,
    );
    const canonicalHash = '7a75e59597c9cdc9dd2578a5c58c4f109edc91cf853e9ba7269482dd20ce0fa9';
    expect(createHash('sha256').update(canonical).digest('hex')).toBe(canonicalHash);
    expect(stringToSignV3('ACS3-HMAC-SHA256', canonical)).toBe(`ACS3-HMAC-SHA256\n${canonicalHash}`);
  });

  test('signs a ListSmartJobs with SHA256', () => {
    expect(requestV3({ query: listQuery }).headers.authorization).toBe(
      `ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=${PLAIN_HEADERS},` +
        'Signature=c774587ea7177326bf5c2559aff1f24c815d5fd4de6b178be3c9840b73ae0043',
    );
  });

  test('signs the same with SM3, body hash included', () => {
    const request = requestV3({ query: listQuery, algorithm: 'ACS3-HMAC-SM3' });
    expect(request.headers['x-acs-content-sha256']).toBe(
      '1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b',
    );
    expect(signatureOf(request)).toBe('d69f13b3300210a519af42787e48a83ea45237dbb37977ce501180b131ac6a3d');
  });

  test('signs a POST whose parameters are in the query', () => {
    const query = new Map([
      ['InputFile', 'oss://b/a b*~.mp4'],
      ['Title', "测试 (1)!'"],
    ]);
    const request = requestV3({ method: 'POST', query, headers: submitHeaders });
    expect(signatureOf(request)).toBe('1962a573ef4ee7d6646797d9f7848ad02e1a603e8bd5da06252f390a6edd8793');
  });

  test('signs a POST with a form body and its content-type', () => {
    const request = requestV3({
      method: 'POST',
      headers: { ...submitHeaders, 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from('InputFile=oss%3A%2F%2Fb%2Fa.mp4&Title=T%201'),
    });
    expect(request.headers['x-acs-content-sha256']).toBe(
      '1afc08e6073a2f14baa9c3a14451fd6c3df6fd2437a8f5a1a65c7980b4076512',
    );
    expect(signatureOf(request)).toBe('7c1f873683c8fd95446402dd4b3dcd9f81655736dae3cf87150097ed72f1759b');
  });

  test('signs a request with a security token', () => {
    const request = requestV3({
      keyId: 'STS.testid',
      headers: {
        'x-acs-signature-nonce': '0002',
        'x-acs-accesskey-id': 'STS.testid',
        'x-acs-security-token': 'tok/en+1',
      },
    });
    expect(signatureOf(request)).toBe('850c0448ceddc4bf7fc5746ee89cc5ca21a497eca46abd922fc2ee2b022b386c');
  });

  test('trims header values, takes absent ones as empty, and nothing from the prototype', () => {
    const request = requestV3({ headers: { host: '  h:7788 ' } });
    const canonical = canonicalRequestV3(request, ['constructor', 'host', 'x-acs-absent'], 'hash');
    expect(canonical).toBe(
      'GET\n/\n\nconstructor:\nhost:h:7788\nx-acs-absent:\n\nconstructor;host;x-acs-absent\nhash',
    );
  });
});
