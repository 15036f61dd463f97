import { describe, expect, test } from 'vitest';
import { signV1, stringToSignV1 } from './signature-v1.ts';
import { commonV1 } from './test-requests.ts';

const NO_FORM = new Map<string, string>();

function signatureOf(method: 'GET' | 'POST', query: Map<string, string>, form = NO_FORM): string {
  return signV1('HMAC-SHA1', 'testsecret', stringToSignV1(method, query, form));
}

describe('signature V1', () => {
  test('signs the documented CreateUser example', () => {
    const query = commonV1({
      Action: 'CreateUser',
      UserName: 'test',
      Version: '2015-05-01',
      Timestamp: '2015-08-18T03:15:45Z',
      SignatureNonce: '6a6e0ca6-4557-11e5-86a2-b8e8563dc8d2',
    });
    expect(signatureOf('GET', query)).toBe('kRA2cnpJVacIhDMzXnoNZG9tDCI=');
  });

  test('signs the documented DescribeRegions example', () => {
    const query = commonV1({
      Action: 'DescribeRegions',
      Format: 'XML',
      Version: '2014-05-26',
      Timestamp: '2016-02-23T12:46:24Z',
      SignatureNonce: '3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf',
    });
    expect(signatureOf('GET', query)).toBe('OLeaidS1JvxuMvnyHOwuJ+uX5qY=');
  });

  const list = commonV1({ JobType: 'ASR', PageSize: '10', SortBy: 'CreationTime:Desc' });

  test('signs a ListSmartJobs, by the expected string', () => {
    expect(stringToSignV1('GET', list, NO_FORM)).toBe(
      'GET&%2F&AccessKeyId%3Dtestid%26Action%3DListSmartJobs%26Format%3DJSON%26JobType%3DASR%26PageSize%3D10' +
        '%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D0001%26SignatureVersion%3D1.0' +
        '%26SortBy%3DCreationTime%253ADesc%26Timestamp%3D2026-01-02T03%253A04%253A05Z%26Version%3D2020-11-09',
    );
    expect(signatureOf('GET', list)).toBe('FPmvivubz6sQjvnazwsrkLbApDw=');
  });

  const submit = commonV1({
    Action: 'SubmitASRJob',
    SignatureNonce: '0002',
    InputFile: 'oss://b/a b*~.mp4',
    Title: "测试 (1)!'",
  });

  test('signs a POST with characters that encoders disagree about', () => {
    expect(signatureOf('POST', submit)).toBe('ZmMBWyqq0ZNr8UsfafzAbPIWkks=');
  });

  test('gives the same signature wherever the parameters stand: query, form, or some in each', () => {
    const halfQuery = new Map([...submit].slice(0, 5));
    const halfForm = new Map([...submit].slice(5));
    expect(signatureOf('POST', NO_FORM, submit)).toBe('ZmMBWyqq0ZNr8UsfafzAbPIWkks=');
    expect(signatureOf('POST', halfQuery, halfForm)).toBe('ZmMBWyqq0ZNr8UsfafzAbPIWkks=');
    expect(signatureOf('POST', submit, new Map([['Action', 'SubmitASRJob']]))).toBe('ZmMBWyqq0ZNr8UsfafzAbPIWkks=');
  });

  test('signs a request with a security token', () => {
    const query = commonV1({ AccessKeyId: 'STS.testid', SecurityToken: 'tok/en+1', SignatureNonce: '0003' });
    expect(signatureOf('GET', query)).toBe('lJ/PQ7lLo2pqxDn96PxqZ33wcx4=');
  });

  test('leaves the parameter Signature out of what is signed', () => {
    expect(signatureOf('GET', new Map([...list, ['Signature', 'x']]))).toBe('FPmvivubz6sQjvnazwsrkLbApDw=');
  });

  test('sorts by code unit: capitals first, then lower case, then what is beyond ASCII', () => {
    const query = new Map([
      ['é', '1'],
      ['b', '2'],
      ['B', '3'],
      ['a', '4'],
    ]);
    expect(stringToSignV1('GET', query, NO_FORM)).toBe('GET&%2F&B%3D3%26a%3D4%26b%3D2%26%25C3%25A9%3D1');
  });

  test('signs both values where query and form disagree', () => {
    const text = stringToSignV1('POST', new Map([['A', '1']]), new Map([['A', '2']]));
    expect(text).toBe('POST&%2F&A%3D1%26A%3D2');
  });

  test('signs with HMAC-SHA256 too', () => {
    // printf 'GET&%%2F&A%%3D1' | openssl dgst -sha256 -hmac 'testsecret&' -binary | base64
    expect(signV1('HMAC-SHA256', 'testsecret', 'GET&%2F&A%3D1')).toBe(
      'm2leFPgnQpExlIUkqzqGzvtC4bUAnKbumYCGzeEpDLQ=',
    );
  });
});
