import { createSecretKey } from 'node:crypto';
import { parseAccountId } from '../jobs/account.ts';
import type { AccessKey, AccessKeys } from './access-key.ts';
import type { PolicySource } from './policy-source.ts';
import { signV1, stringToSignV1 } from './signature-v1.ts';
import { authorizationV3, payloadHashV3, type AlgorithmV3 } from './signature-v3.ts';
import type { SignedRequest } from './signed-request.ts';

/** 2026-01-02T03:04:05Z, the time of the test vectors. */
export const VECTOR_TIME = Date.UTC(2026, 0, 2, 3, 4, 5);

const account = parseAccountId('1084506228123456');
if (account === undefined) throw new Error('The account id of the tests is not one.');

export const TEST_KEY: AccessKey = {
  id: 'testid',
  secret: 'testsecret',
  account,
  principal: { kind: 'root' },
  status: 'Active',
};

export const TEST_KEYS: AccessKeys = {
  find: (id) => Promise.resolve({ key: id === 'testid' || id === 'testid2' ? { ...TEST_KEY, id } : undefined }),
  used: () => undefined,
};

/** For tokens of role sessions, and for what refusals of permission seal. */
export const TEST_TOKEN_KEY = createSecretKey(Buffer.alloc(32, 9));

/** Nobody but the account itself may do anything. */
export const NO_POLICIES: PolicySource = { policiesOf: () => Promise.resolve([]) };

/** A request without any signature; what is given replaces the defaults. */
export function unsigned(parts: Partial<SignedRequest> = {}): SignedRequest {
  return {
    method: 'GET',
    path: '/',
    headers: {},
    query: new Map(),
    form: new Map(),
    body: Buffer.alloc(0),
    ...parts,
  };
}

export function commonV1(parameters: Record<string, string>): Map<string, string> {
  return new Map(
    Object.entries({
      AccessKeyId: 'testid',
      Action: 'ListSmartJobs',
      Format: 'JSON',
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: '0001',
      SignatureVersion: '1.0',
      Timestamp: '2026-01-02T03:04:05Z',
      Version: '2020-11-09',
      ...parameters,
    }),
  );
}

/** A GET of scheme V1, signed with the secret `testsecret`. */
export function requestV1(parameters: Record<string, string> = {}): SignedRequest {
  const query = commonV1(parameters);
  query.set('Signature', signV1('HMAC-SHA1', TEST_KEY.secret, stringToSignV1('GET', query, new Map())));
  return unsigned({ query });
}

export type PartsV3 = Partial<SignedRequest> & { readonly algorithm?: AlgorithmV3; readonly keyId?: string };

/** A request of scheme V3, signed with the secret `testsecret`. Headers given as undefined are not sent. */
export function requestV3({
  algorithm = 'ACS3-HMAC-SHA256',
  keyId = 'testid',
  ...parts
}: PartsV3 = {}): SignedRequest {
  const given = unsigned(parts);
  const headers: Record<string, string | undefined> = {
    host: 'ice.example.test',
    'x-acs-action': 'ListSmartJobs',
    'x-acs-content-sha256': payloadHashV3(algorithm, given.body),
    'x-acs-date': '2026-01-02T03:04:05Z',
    'x-acs-signature-nonce': '0001',
    'x-acs-version': '2020-11-09',
    ...given.headers,
  };
  for (const name of Object.keys(headers)) if (headers[name] === undefined) delete headers[name];
  const request = { ...given, headers };
  return {
    ...request,
    headers: {
      ...headers,
      authorization: authorizationV3(request, { id: keyId, secret: 'testsecret' }, algorithm),
    },
  };
}
