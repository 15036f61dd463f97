import { XMLParser } from 'fast-xml-parser';
import { SyntaxValidator } from 'fast-xml-validator';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { json, rawCall, type RawAnswer } from '../support/raw-call.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const xml = (answer: RawAnswer): Record<string, Record<string, unknown>> => {
  expect(SyntaxValidator.validate(answer.text)).toBe(true);
  return new XMLParser({ parseTagValue: false }).parse(answer.text) as Record<string, Record<string, unknown>>;
};

describe('every answer', () => {
  test('carries the same RequestId in body and header, success or error', async () => {
    for (const answer of [await rawCall(server, 'ListSmartJobs'), await rawCall(server, 'Nonsense')]) {
      expect(json(answer).RequestId).toBe(answer.headers.get('x-acs-request-id'));
      expect(answer.headers.get('content-type')).toBe('application/json;charset=utf-8');
    }
  });

  test('that is a success carries no Code, and no error but has one', async () => {
    expect(json(await rawCall(server, 'ListSmartJobs'))).not.toHaveProperty('Code');
    const error = await rawCall(server, 'GetSmartHandleJob', { JobId: '0'.repeat(32) });
    expect([error.status, json(error)]).toMatchObject([
      400,
      { Code: 'InvalidParameter.JobNotFound', HostId: server.host, Message: expect.any(String) },
    ]);
  });
});

describe('XML', () => {
  test('lists jobs as SmartJobListItem elements, whatever characters they hold', async () => {
    const title = `<&>"' 测试 \u0001`;
    await rawCall(server, 'SubmitASRJob', { InputFile: 'oss://bucket/a.wav', Title: title });
    const answer = await rawCall(server, 'ListSmartJobs', { Format: 'xml', MaxResults: '1' });
    expect(answer.headers.get('content-type')).toBe('text/xml;charset=utf-8');
    expect(xml(answer).ListSmartJobsResponse).toMatchObject({
      RequestId: answer.headers.get('x-acs-request-id'),
      MaxResults: '1',
      SmartJobList: {
        SmartJobListItem: { Title: `<&>"' 测试 \uFFFD`, InputConfig: { InputFile: 'oss://bucket/a.wav' } },
      },
    });
  });

  test('errors stand in an Error element', async () => {
    const answer = await rawCall(server, 'GetSmartHandleJob', { Format: 'XML' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'text/xml;charset=utf-8']);
    expect(xml(answer).Error).toMatchObject({ Code: 'MissingJobId', HostId: server.host });
    expect(xml(await rawCall(server, 'Nonsense', { Format: 'XML' })).Error).toMatchObject({
      Code: 'InvalidAction.NotFound',
    });
  });

  test('is refused in other spellings of a format', async () => {
    const answer = await rawCall(server, 'ListSmartJobs', { Format: 'yaml' });
    expect([answer.status, json(answer).Code]).toEqual([400, 'InvalidParameter.Format']);
  });
});

describe('a request', () => {
  test('may travel in the query or the form, by GET or POST', async () => {
    for (const [method, placement] of [
      ['GET', 'query'],
      ['POST', 'query'],
      ['POST', 'form'],
    ] as const) {
      const answer = await rawCall(server, 'ListSmartJobs', { RegionId: 'cn-shanghai' }, { method, placement });
      expect(answer.status, answer.text).toBe(200);
    }
  });

  test('may have a query of a hundred thousand characters, as long texts need', async () => {
    const answer = await rawCall(server, 'ListSmartJobs', { Padding: '长'.repeat(12_000) }, { method: 'POST' });
    expect(answer.status).toBe(200);
  });

  test('is refused with an RPC error where its body or head is over the limit', async () => {
    const body = await fetch(server.endpoint, { method: 'POST', body: 'x'.repeat(2 * 1024 * 1024 + 1) });
    expect([body.status, await body.json()]).toMatchObject([413, { Code: 'RequestTooLarge' }]);
    const head = await talk(`GET /?${'x'.repeat(1024 * 1024 + 100)} HTTP/1.1\r\nhost: x\r\n\r\n`);
    expect(head).toContain('HTTP/1.1 413');
    expect(head).toContain('"Code":"RequestTooLarge"');
  });

  test('is refused with an RPC error where it is not HTTP', async () => {
    expect(await talk('nonsense\r\n\r\n')).toContain('"Code":"InvalidRequest"');
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])('by %s is refused', async (method) => {
    const answer = await rawCall(server, 'ListSmartJobs', {}, { method });
    expect([answer.status, json(answer).Code]).toEqual([400, 'UnsupportedHTTPMethod']);
  });

  test('to another path, version or action is refused', async () => {
    const path = await rawCall(server, 'ListSmartJobs', {}, { path: '/elsewhere' });
    expect([path.status, json(path).Code]).toEqual([404, 'InvalidApi.NotFound']);
    const version = await rawCall(server, 'ListSmartJobs', { Version: '2014-06-18' });
    expect([version.status, json(version).Code]).toEqual([400, 'InvalidVersion']);
    const action = await rawCall(server, 'listSmartJobs');
    expect([action.status, json(action).Code]).toEqual([404, 'InvalidAction.NotFound']);
    expect(json(action).Message).toContain('Served actions: ListSmartJobs, GetSmartHandleJob, SubmitASRJob, ');
  });

  test('that gives a parameter twice with different values is refused', async () => {
    const answer = await rawCall(
      server,
      'ListSmartJobs',
      { PageNo: '1' },
      { tamper: (form) => form.append('PageNo', '2') },
    );
    expect([answer.status, json(answer)]).toMatchObject([
      400,
      { Code: 'InvalidParameter', Message: expect.stringContaining('PageNo') },
    ]);
  });
});

describe('a signature', () => {
  test('does not match what was changed behind it; the string comes after the only colon', async () => {
    const answer = await rawCall(
      server,
      'ListSmartJobs',
      { PageNo: '1' },
      { tamper: (form) => form.set('PageNo', '2') },
    );
    expect([answer.status, json(answer).Code]).toEqual([400, 'SignatureDoesNotMatch']);
    const pieces = (json(answer).Message as string).split(':');
    expect(pieces).toHaveLength(2);
    expect(pieces[1]).toMatch(/^GET&%2F&AccessKeyId%3D/);
  });

  test('counts within 15 minutes; the error says server time and skew in seconds', async () => {
    expect((await rawCall(server, 'ListSmartJobs', {}, { skew: -14.9 * 60_000 })).status).toBe(200);
    expect((await rawCall(server, 'ListSmartJobs', {}, { skew: 14.9 * 60_000 })).status).toBe(200);
    const late = await rawCall(server, 'ListSmartJobs', {}, { skew: -15.1 * 60_000 });
    expect(json(late)).toMatchObject({
      Code: 'InvalidTimeStamp.Expired',
      Message: expect.stringMatching(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ.*90[67]/),
    });
  });

  test('counts once, a restart of the server included', async () => {
    const dataDir = server.dataDir;
    const first = await startTestServer({ SMARTJOBS_DATA_DIR: `${dataDir}/again` });
    const again = { nonce: 'the same', skew: 0 };
    expect((await rawCall(first, 'ListSmartJobs', {}, again)).status).toBe(200);
    expect(json(await rawCall(first, 'ListSmartJobs', {}, again)).Code).toBe('SignatureNonceUsed');
    await first.stop();
    const second = await startTestServer({ SMARTJOBS_DATA_DIR: `${dataDir}/again` });
    expect(json(await rawCall(second, 'ListSmartJobs', {}, again)).Code).toBe('SignatureNonceUsed');
    expect(
      json(await rawCall({ ...second, accessKeySecret: 'wrong' }, 'ListSmartJobs', {}, { nonce: 'n' })).Code,
    ).toBe('SignatureDoesNotMatch');
    expect((await rawCall(second, 'ListSmartJobs', {}, { nonce: 'n' })).status).toBe(200);
    await second.stop();
  });
});

test('health tells alive and ready', async () => {
  expect((await fetch(`${server.endpoint}/healthz`)).status).toBe(200);
  expect((await fetch(`${server.endpoint}/readyz`)).status).toBe(200);
});

/** Raw bytes in, raw bytes out. */
function talk(bytes: string): Promise<string> {
  const [host, port] = server.host.split(':');
  return new Promise((resolve, reject) => {
    const socket = createConnection(Number(port), host);
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', (error) => (answer === '' ? reject(error) : resolve(answer)));
    socket.write(bytes);
  });
}
