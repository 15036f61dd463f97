import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockModel } from '../../engines/models/lock-model.ts';
import { tarOfFiles } from '../../engines/models/test-archives.ts';
import { startReleases, type TestReleases } from '../../engines/models/test-releases.ts';
import { projectFile } from '../project-root.ts';
import { runCli, type Ran } from '../test-bench.ts';

const TINY = projectFile('src/engines/models/fixtures/tiny-model.tar.bz2');
const ZIPFORMER = 'sherpa-onnx-zipformer-gigaspeech-2023-12-12';
const PATH = `asr-models/${ZIPFORMER}.tar.bz2`;
const NETWORKS = { 'encoder.onnx': 'e', 'decoder.onnx': 'd', 'joiner.onnx': 'j', 'tokens.txt': 't' };

let folder: string;
let models: string;
let archive: Buffer;
let releases: TestReleases;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-cli-models-'));
  models = join(folder, 'data/models');
  releases = await startReleases();
  archive = await tarOfFiles('z', NETWORKS);
  releases.files.set(PATH, { content: archive });
});
afterEach(async () => {
  await releases.stop();
  await rm(folder, { recursive: true });
});

function run(...args: string[]): Promise<Ran> {
  const base = releases.base.replace('//', '//reader:canary-password@');
  return runCli(folder, ['models', ...args], { env: { SMARTJOBS_MODELS_MIRROR: `${base}/` } });
}

const importTiny = (name: string): Promise<Ran> =>
  run('import', TINY, '--name', name, '--family', 'sense-voice', '--languages', 'en,zh');

describe('models pull', () => {
  test('installs a model, says where, and says that nobody had told its hash', async () => {
    const { code, out, err } = await run('pull', 'zipformer-en');
    expect({ code, out }).toEqual({
      code: 0,
      out: `zipformer-en is installed: 1 KB in ${join(models, ZIPFORMER)}\n`,
    });
    const hash = createHash('sha256').update(archive).digest('hex');
    expect(err).toContain(`No public hash of ${ZIPFORMER}.tar.bz2 is known`);
    expect(err).toContain(hash);
    expect(readFileSync(join(models, ZIPFORMER, 'model.json'), 'utf8')).toContain(hash);
    // A line for each tenth in a log.
    expect(err).toContain(`downloading ${ZIPFORMER}.tar.bz2 100 %\n`);
  });

  test('shows a bar on a terminal', async () => {
    const env = { SMARTJOBS_MODELS_MIRROR: releases.base };
    const { code, err } = await runCli(folder, ['models', 'pull', 'zipformer-en'], { env, isTTY: true });
    expect(code).toBe(0);
    expect(err).toContain(`100 % unpacking ${ZIPFORMER}.tar.bz2`);
  });

  test('does nothing for what is there already', async () => {
    await run('pull', 'zipformer-en');
    expect(await run('pull', 'zipformer-en', 'silero-vad')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^zipformer-en is installed already\..*\nsilero-vad ships with smartjobs/),
    });
    expect(releases.requests).toHaveLength(1);
  });

  test('never shows the password of a mirror', async () => {
    releases.files.clear();
    const missing = await run('pull', 'zipformer-en');
    expect(missing).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/NotFound.*SMARTJOBS_MODELS_MIRROR/),
    });
    await releases.stop();
    const unreachable = await run('pull', 'zipformer-en');
    expect(unreachable).toMatchObject({ code: 1, err: expect.stringMatching(/Unreachable.*models import FILE/) });
    expect(unreachable.err).toContain('trying again in 8 s');
    const wrong = { SMARTJOBS_MODELS_MIRROR: 'ftp://reader:canary-password@host' };
    const settings = await runCli(folder, ['models', 'list'], { env: wrong });
    expect(settings).toMatchObject({ code: 2, err: expect.stringContaining('SMARTJOBS_MODELS_MIRROR: must be') });
    for (const { out, err } of [missing, unreachable, settings]) expect(out + err).not.toContain('canary');
    releases = await startReleases();
  });

  test('refuses a file of the right size and another content, with both hashes', async () => {
    const [size, expected] = [6_958_444, '24615ee884c897d9d2ba09bb4d30da6bb1b15e685065962db5b02e76e4996488'];
    const content = Buffer.alloc(size);
    releases.files.set('speaker-segmentation-models/sherpa-onnx-pyannote-segmentation-3-0.tar.bz2', { content });
    const { code, err } = await run('pull', 'pyannote');
    expect(code).toBe(1);
    expect(err).toContain(createHash('sha256').update(content).digest('hex'));
    expect(err).toContain(expected);
  });

  test('goes on with the next model after one that failed, and ends with exit code 1', async () => {
    const { code, out, err } = await run('pull', 'titanet-small', 'zipformer-en');
    expect({ code, out }).toMatchObject({ code: 1, out: expect.stringContaining('zipformer-en is installed') });
    expect(err).toContain('does not have nemo_en_titanet_small.onnx (404)');
  });

  test('of an unknown name tries nothing, and names the nearest', async () => {
    expect(await run('pull', 'zipformer-en', 'sensvoice')).toEqual({
      code: 2,
      out: '',
      err: "error UnknownModel: There is no model 'sensvoice'. Did you mean sense-voice? smartjobs models list shows all.\n",
    });
    expect(existsSync(models)).toBe(false);
  });

  test('waits for nobody', async () => {
    const unlock = await lockModel(models, ZIPFORMER);
    expect(await run('pull', 'zipformer-en')).toMatchObject({
      code: 1,
      err: expect.stringContaining('error Busy'),
    });
    unlock?.();
  });

  test('prints one document with --json', async () => {
    const { code, out } = await run('pull', 'zipformer-en', 'campplus', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      modelsDir: models,
      models: [
        {
          name: ZIPFORMER,
          outcome: 'installed',
          bytes: 4,
          sources: [expect.objectContaining({ file: `${ZIPFORMER}.tar.bz2`, trust: 'computed' })],
        },
        {
          name: '3dspeaker_speech_campplus_sv_zh_en_16k-common_advanced',
          outcome: 'not-found',
          error: expect.objectContaining({ code: 'NotFound' }),
        },
      ],
    });
  });
});

describe('models list', () => {
  test('has what is installed first, then what is bundled, then what can be pulled', async () => {
    await run('pull', 'zipformer-en');
    await importTiny('my-model');
    const { code, out } = await run('list', '--json');
    expect(code).toBe(0);
    const listed = JSON.parse(out) as { models: { name: string; state: string }[] };
    const states = listed.models.map(({ state }) => state);
    expect(states.slice(0, 4)).toEqual(['installed', 'installed', 'bundled', 'available']);
    expect(listed.models.slice(0, 2).map(({ name }) => name)).toEqual(['my-model', ZIPFORMER]);
    expect(listed.models.find(({ name }) => name === 'my-model')).toMatchObject({
      task: 'asr',
      family: 'sense-voice',
      languages: ['en', 'zh'],
      short: null,
      bytes: 30_044,
    });
  });

  test('is a table for people, and names what is broken', async () => {
    await importTiny('my-model');
    writeFileSync(join(models, 'my-model/model.json'), '{}');
    const { out, err } = await run('list');
    expect(out).toMatch(/^NAME +FOR +LANGUAGES +SIZE +LICENCE +STATE\n/);
    expect(out).toMatch(/^my-model .* broken$/m);
    expect(out).toMatch(/^sense-voice +asr +zh yue en ja ko +163 MB +FunASR Model License 1\.1 +available$/m);
    expect(out).toMatch(/^whisper-small +asr +99 languages +639 MB +MIT +available$/m);
    expect(err).toContain('my-model: model.json is not valid');
  });

  test('looks into the folder that is set', async () => {
    await importTiny('my-model');
    const env = { SMARTJOBS_MODELS_DIR: models };
    const { out } = await runCli(tmpdir(), ['models', 'list'], { env });
    expect(out).toMatch(/^my-model /m);
    expect((await runCli(tmpdir(), ['models', 'list', '--models-dir', models])).out).toMatch(/^my-model /m);
  });
});

describe('models import', () => {
  test('knows a file of the catalog by its name and compares its hash', async () => {
    const fake = join(folder, 'nemo_en_titanet_small.onnx');
    writeFileSync(fake, 'not the network');
    const { code, err } = await run('import', fake);
    expect(code).toBe(1);
    expect(err).toContain('the catalog says ad4a1802485d8b34c722d2a9d04249662f2ece5d28a7a039063ca22f515a789e');
    expect(await run('import', fake, '--languages', 'en')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--languages: the catalog says what titanet-small is'),
    });
  });

  test('takes a model of one’s own, asking no network', async () => {
    const { code, out, err } = await importTiny('my-model');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('my-model is installed: 31 KB') });
    expect(err).toContain('No public hash of tiny-model.tar.bz2 is known');
    expect(releases.requests).toEqual([]);
    expect(await importTiny('my-model')).toMatchObject({
      code: 2,
      err: expect.stringContaining('smartjobs models remove my-model'),
    });
  });

  test.each([
    [['missing.tar'], 'is not a file that can be read'],
    [[TINY], 'Say what it is: --name NAME, --family one of sense-voice'],
    [[TINY, '--name', '../up', '--family', 'vits'], "--name: '../up' is not"],
    [[TINY, '--name', 'n', '--family', 'toString'], "--family: 'toString' is not one of"],
    [[TINY, '--name', 'n', '--family', 'vits', '--task', 'asr'], "--task: 'asr' is not what vits serves: tts"],
    [[TINY, '--name', 'n', '--family', 'vits', '--languages', 'en-US'], "--languages: 'en-US' is not a primary"],
    [[TINY, '--name', 'silero-vad'], 'silero-vad ships with smartjobs'],
  ])('%j is exit code 2', async (args, message) => {
    expect(await run('import', ...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
  });

  test('of an archive of another family leaves nothing', async () => {
    const { code, err } = await run('import', TINY, '--name', 'n', '--family', 'whisper');
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining("the role 'encoder'") });
    expect(existsSync(join(models, 'n'))).toBe(false);
  });
});

describe('models verify and remove', () => {
  test('say which file differs', async () => {
    await importTiny('a');
    await importTiny('b');
    expect(await run('verify')).toEqual({
      code: 0,
      out: 'ok a: 5 files as they were installed\nok b: 5 files as they were installed\n',
      err: '',
    });
    writeFileSync(join(models, 'b/files/tokens.txt'), 'changed');
    const { code, out } = await run('verify');
    expect(code).toBe(1);
    expect(out).toMatch(/^ok a: .*\nchanged b\/files\/tokens\.txt has sha256 /);
    expect((await run('verify', 'a')).code).toBe(0);
    expect(JSON.parse((await run('verify', 'b', '--json')).out)).toMatchObject({
      ok: false,
      models: [{ name: 'b', differences: [{ path: 'files/tokens.txt' }] }],
    });
  });

  test('take a model away by its short name', async () => {
    await run('pull', 'zipformer-en');
    expect(await run('remove', 'zipformer-en')).toEqual({ code: 0, out: `${ZIPFORMER} is removed.\n`, err: '' });
    expect(existsSync(join(models, ZIPFORMER))).toBe(false);
  });

  test('know no model that is not installed, and no path', async () => {
    writeFileSync(join(folder, 'keep'), '');
    for (const name of ['../../keep', '.locks', 'whisper-tiny', '']) {
      expect(await run('remove', name)).toMatchObject({
        code: 2,
        err: expect.stringContaining('no installed model'),
      });
    }
    expect(existsSync(join(folder, 'keep'))).toBe(true);
  });

  test('with nothing there have nothing to say', async () => {
    expect(await run('verify')).toMatchObject({ code: 0, out: '', err: expect.stringContaining('No models') });
  });
});
