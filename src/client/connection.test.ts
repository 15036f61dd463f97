import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readConnection } from './connection.ts';

const SERVER = {
  endpoint: 'http://127.0.0.1:7788',
  objects: 'http://127.0.0.1:7789',
  region: 'cn-beijing',
  pid: 1,
};
const KEY = { accessKeyId: 'LTAIlocal', accessKeySecret: 'local-secret', accountId: '1234567890123456' };

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function dataDir(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'smartjobs-connection-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

function read(env: Readonly<Record<string, string>>) {
  return readConnection({ env, cwd: tmpdir() });
}

describe('the connection of a client command', () => {
  test('comes from the local data dir of a running server', () => {
    const folder = dataDir({ 'server.json': SERVER, 'credentials.json': KEY });
    expect(read({ SMARTJOBS_DATA_DIR: folder })).toEqual({
      kind: 'connection',
      connection: {
        endpoint: 'http://127.0.0.1:7788',
        objects: 'http://127.0.0.1:7789',
        region: 'cn-beijing',
        key: { id: 'LTAIlocal', secret: 'local-secret' },
        secretFile: join(folder, 'credentials.json'),
      },
    });
  });

  test('comes from ./data where no data dir is named', () => {
    const cwd = dataDir({});
    expect(readConnection({ env: {}, cwd })).toMatchObject({
      kind: 'missing',
      message: expect.stringContaining(`none runs in ${join(cwd, 'data')}`),
    });
  });

  test('comes from the environment first, trailing slashes cut', () => {
    const folder = dataDir({ 'server.json': SERVER, 'credentials.json': KEY });
    const env = {
      SMARTJOBS_DATA_DIR: folder,
      SMARTJOBS_ENDPOINT: 'https://jobs.example.com/',
      SMARTJOBS_OBJECTS_ENDPOINT: 'https://objects.example.com//',
      SMARTJOBS_ACCESS_KEY_ID: 'LTAIenv',
      SMARTJOBS_ACCESS_KEY_SECRET: 'env-secret',
    };
    expect(read(env)).toMatchObject({
      connection: {
        endpoint: 'https://jobs.example.com',
        objects: 'https://objects.example.com',
        key: { id: 'LTAIenv', secret: 'env-secret' },
        secretFile: undefined,
      },
    });
  });

  test('does not mix a server of the environment with the local object store', () => {
    const folder = dataDir({ 'server.json': SERVER, 'credentials.json': KEY });
    const outcome = read({ SMARTJOBS_DATA_DIR: folder, SMARTJOBS_ENDPOINT: 'https://jobs.example.com' });
    expect(outcome).toMatchObject({ kind: 'connection', connection: { objects: undefined } });
  });

  test('never takes the id from one place and the secret from another', () => {
    const folder = dataDir({ 'server.json': SERVER, 'credentials.json': KEY });
    expect(read({ SMARTJOBS_DATA_DIR: folder, SMARTJOBS_ACCESS_KEY_ID: 'LTAIenv' })).toEqual({
      kind: 'missing',
      message: 'SMARTJOBS_ACCESS_KEY_ID and SMARTJOBS_ACCESS_KEY_SECRET: set both or neither.',
    });
  });

  test('says what to do where no server is known', () => {
    const outcome = read({ SMARTJOBS_DATA_DIR: dataDir({ 'credentials.json': KEY }) });
    expect(outcome).toMatchObject({ message: expect.stringMatching(/npm start.*SMARTJOBS_ENDPOINT/) });
  });

  test('says what to do where no key is known, also when the file is damaged', () => {
    for (const credentials of ['', '{"accessKeyId":', '[]', '{"accessKeyId":"x"}']) {
      const folder = dataDir({ 'server.json': SERVER, 'credentials.json': credentials });
      expect(read({ SMARTJOBS_DATA_DIR: folder })).toMatchObject({
        kind: 'missing',
        message: expect.stringMatching(/credentials\.json.*npm start.*SMARTJOBS_ACCESS_KEY_ID/),
      });
    }
  });

  test('names the variable whose value is no URL', () => {
    const outcome = read({ SMARTJOBS_DATA_DIR: dataDir({}), SMARTJOBS_ENDPOINT: '127.0.0.1:7788' });
    expect(outcome).toEqual({
      kind: 'missing',
      message: "SMARTJOBS_ENDPOINT: '127.0.0.1:7788' is not an http or https URL.",
    });
  });
});
