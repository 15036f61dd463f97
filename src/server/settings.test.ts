import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSettings, type Settings } from './settings.ts';

const HEX = 'ab'.repeat(32);

function problems(env: Record<string, string>): readonly string[] {
  const outcome = readSettings({ flags: {}, env, cwd: '/srv' });
  return outcome.kind === 'problems' ? outcome.problems : [];
}

function settings(env: Record<string, string>): Settings {
  const outcome = readSettings({ flags: {}, env, cwd: '/srv' });
  if (outcome.kind === 'problems') throw new Error(outcome.problems.join('\n'));
  return outcome.settings;
}

describe('the place of the master key', () => {
  test('is the data dir, or the one that is set', () => {
    expect(settings({}).masterKey).toEqual({ kind: 'data-folder' });
    expect(settings({ SMARTJOBS_MASTER_KEY: HEX }).masterKey).toEqual({ kind: 'text', text: HEX });
    expect(settings({ SMARTJOBS_MASTER_KEY_FILE: 'keys/k' }).masterKey).toEqual({
      kind: 'file',
      path: resolve('/srv/keys/k'),
    });
    expect(settings({ SMARTJOBS_MASTER_KEY_COMMAND: 'vault read k' }).masterKey).toEqual({
      kind: 'command',
      words: ['vault', 'read', 'k'],
    });
  });

  test('is one alone', () => {
    expect(problems({ SMARTJOBS_MASTER_KEY: HEX, SMARTJOBS_MASTER_KEY_COMMAND: 'x' })).toEqual([
      'SMARTJOBS_MASTER_KEY and SMARTJOBS_MASTER_KEY_COMMAND: the master key has one place, set one of them.',
    ]);
  });

  test('is not told where its text is none', () => {
    expect(problems({ SMARTJOBS_MASTER_KEY: 'canary' })).toEqual([
      'SMARTJOBS_MASTER_KEY: must be 64 hex digits or the base64 of 32 bytes',
    ]);
  });
});

describe('limits', () => {
  test('are off unless they are set', () => {
    expect(settings({})).toMatchObject({
      throttle: [],
      maxWaitingJobs: undefined,
      maxObjectBytes: undefined,
      audit: { reads: false, keepDays: 90 },
    });
    const env = {
      SMARTJOBS_MAX_WAITING_JOBS: '5',
      SMARTJOBS_MAX_OBJECT_BYTES: '5000000000000',
      SMARTJOBS_THROTTLE: '*=1/s',
    };
    expect(settings(env)).toMatchObject({ maxWaitingJobs: 5, maxObjectBytes: 5e12, throttle: [{ pattern: '*' }] });
  });

  test.each([
    ['SMARTJOBS_THROTTLE', 'ListSmartJobs=fast'],
    ['SMARTJOBS_MAX_WAITING_JOBS', '0'],
    ['SMARTJOBS_MAX_OBJECT_BYTES', '1GB'],
    ['SMARTJOBS_AUDIT', 'none'],
    ['SMARTJOBS_AUDIT_DAYS', '0'],
  ])('%s cannot be %s', (name, value) => {
    const [problem = ''] = problems({ [name]: value });
    expect(problem).toMatch(new RegExp(`^${name}: .*'${value}'`));
  });
});

describe('models', () => {
  test('lie in the data dir and come from the releases, unless something else is set', () => {
    expect(settings({}).models).toEqual({
      dir: resolve('/srv/data/models'),
      base: 'https://github.com/k2-fsa/sherpa-onnx/releases/download',
    });
    const env = { SMARTJOBS_DATA_DIR: '/var/lib/s', SMARTJOBS_MODELS_MIRROR: 'https://u:p@mirror/sherpa//' };
    expect(settings(env).models).toEqual({ dir: '/var/lib/s/models', base: 'https://u:p@mirror/sherpa' });
    expect(settings({ ...env, SMARTJOBS_MODELS_DIR: 'm' }).models.dir).toBe(resolve('/srv/m'));
  });

  test.each(['ftp://u:canary@host', 'https://u:canary@host/?x', 'u:canary@host'])(
    'are not taken from %s, which is not told again',
    (mirror) => {
      expect(problems({ SMARTJOBS_MODELS_MIRROR: mirror })).toEqual([
        'SMARTJOBS_MODELS_MIRROR: must be an http or https URL without a query',
      ]);
    },
  );
});
