import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestGateway, type Called, type TestGateway } from './test-gateway.ts';
import { finishNext, jobIdOf, translationCall, type TranslationChanges } from './test-translation.ts';

let gateway: TestGateway;
beforeEach(() => {
  gateway = openTestGateway({
    translation: { refusal: async ({ target }) => (target === 'ja' ? 'Nobody does.' : undefined) },
  });
});
afterEach(() => gateway.close());

const submit = (changes: TranslationChanges = {}): Promise<Called> =>
  gateway.call('SubmitVideoTranslationJob', translationCall(changes));

function nested(levels: number): string {
  return '['.repeat(levels) + ']'.repeat(levels);
}

describe('a ClientToken', () => {
  const token = { call: { ClientToken: 'order-7' } };

  test('makes the same call the same job, whatever became of it, for a day', async () => {
    const first = await submit(token);
    expect(jobIdOf(await submit(token))).toBe(jobIdOf(first));
    await finishNext(gateway, { output: '', aiResult: '{}' });
    gateway.clock.advance(86_399_000);
    expect(jobIdOf(await submit(token))).toBe(jobIdOf(first));
    expect((await gateway.call('ListMediaBasicInfos')).body['MediaInfos']).toHaveLength(1);
    gateway.clock.advance(1000);
    expect(jobIdOf(await submit(token))).not.toBe(jobIdOf(first));
  });

  test('lets the same JSON be written otherwise', async () => {
    const first = await submit(token);
    const { OutputConfig, ...call } = translationCall(token);
    const again = {
      ...call,
      OutputConfig: ` ${OutputConfig}`,
      EditingConfig: '{"TargetLanguage":"es","SourceLanguage":"en"}',
    };
    expect(jobIdOf(await gateway.call('SubmitVideoTranslationJob', again))).toBe(jobIdOf(first));
  });

  test('lets JSON be nested as deep as it likes, and counts it as it is written then', async () => {
    const deep = (levels: number): TranslationChanges => ({
      call: { ...token.call, EditingConfig: `{"TargetLanguage":"es","X":${nested(levels)}}` },
    });
    const first = await submit(deep(30_000));
    expect(first.status).toBe(200);
    expect(jobIdOf(await submit(deep(30_000)))).toBe(jobIdOf(first));
    expect((await submit(deep(29_999))).body['Code']).toBe('IdempotentParameterMismatch');
  });

  test('tells an object from an array of the same names and values', async () => {
    const call = (X: unknown): TranslationChanges => ({ ...token, editing: { X } });
    await submit(call({ a: 1 }));
    expect((await submit(call([['a', 1]]))).body['Code']).toBe('IdempotentParameterMismatch');
  });

  test.each<[string, TranslationChanges]>([
    ['another title', { call: { Title: 'other' } }],
    ['another input', { input: { Video: 'oss://uploads/other.mp4' } }],
    ['another language', { editing: { TargetLanguage: 'fr' } }],
    ['languages in another order', { editing: { TargetLanguage: 'en,es' } }],
    ['what would be refused', { output: { MediaURL: 'oss://films/a.mov' } }],
  ])('refuses another call: %s', async (_what, changes) => {
    await submit(token);
    const call = { ...changes.call, ...token.call };
    const { status, body } = await submit({ ...changes, call });
    expect({ status, Code: body['Code'] }).toEqual({ status: 400, Code: 'IdempotentParameterMismatch' });
    await expect(gateway.jobs.count(gateway.account, {})).resolves.toBe(1);
  });

  test('makes one job of many calls at once, and one media', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(token)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(new Set(answers.map(jobIdOf)).size).toBe(1);
    await expect(gateway.jobs.count(gateway.account, {})).resolves.toBe(1);
    expect((await gateway.call('ListMediaBasicInfos')).body['MediaInfos']).toHaveLength(1);
  });

  test('goes with one of several calls at once, and tells the others that it is used', async () => {
    const titles = Array.from({ length: 12 }, (_, at) => `title ${at % 3}`);
    const answers = await Promise.all(titles.map((Title) => submit({ call: { ...token.call, Title } })));
    expect(answers.map(({ body }) => (body['Code'] as string | undefined) ?? 'one').toSorted()).toEqual([
      ...Array.from({ length: 8 }, () => 'IdempotentParameterMismatch'),
      ...Array.from({ length: 4 }, () => 'one'),
    ]);
    await expect(gateway.jobs.count(gateway.account, {})).resolves.toBe(1);
    expect((await gateway.call('ListMediaBasicInfos')).body['MediaInfos']).toHaveLength(1);
  });

  test('is free again when its job is deleted, and where the call was refused', async () => {
    const first = jobIdOf(await submit(token));
    await gateway.call('DeleteSmartJob', { JobId: first });
    expect((await submit({ ...token, editing: { TargetLanguage: 'ja' } })).status).toBe(400);
    expect(jobIdOf(await submit(token))).not.toBe(first);
  });
});
