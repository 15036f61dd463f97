import { describe, expect, test } from 'vitest';
import { parseAuthorizationHeader } from './authorization-header.ts';

const PARSED = {
  kind: 'parsed',
  algorithm: 'ACS3-HMAC-SHA256',
  accessKeyId: 'id',
  signedHeaders: ['host', 'x-acs-date'],
  signature: 'ab',
};

describe('the Authorization header', () => {
  test.each([
    'ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host;x-acs-date,Signature=ab',
    'ACS3-HMAC-SHA256 Credential=id, SignedHeaders=host;x-acs-date, Signature=ab',
    'ACS3-HMAC-SHA256 Signature=ab,SignedHeaders=X-Acs-Date;Host,Credential=id',
  ])('reads %s', (text) => {
    expect(parseAuthorizationHeader(text)).toEqual(PARSED);
  });

  test.each([
    ['ACS3-HMAC-SHA256', 'no Credential'],
    ['ACS3-HMAC-SHA256 ', "a part without '='"],
    ['ACS3-HMAC-SHA256 SignedHeaders=host,Signature=ab', 'no Credential'],
    ['ACS3-HMAC-SHA256 Credential=,SignedHeaders=host,Signature=ab', 'no Credential'],
    ['ACS3-HMAC-SHA256 Credential=id,Signature=ab', 'no SignedHeaders'],
    ['ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host', 'no Signature'],
    ['ACS3-HMAC-SHA256 Credential=id,Credential=other,SignedHeaders=host,Signature=ab', 'a part that comes twice'],
    [
      'ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host;a;host,Signature=ab',
      'a name in SignedHeaders that is empty or comes twice',
    ],
    ['ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host;,Signature=ab', 'a name in SignedHeaders that is empty'],
  ])('refuses %s for %s', (text, found) => {
    expect(parseAuthorizationHeader(text)).toMatchObject({
      code: 'IncompleteSignature',
      message: expect.stringContaining(`has ${found}`),
    });
  });
});
