import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUser, policyDocument } from '../support/identity-clients.ts';
import { allOfficialClients, openApiCoreClient, type OfficialClient } from '../support/official-clients.ts';
import { rawCall } from '../support/raw-call.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const require = createRequire(import.meta.url);
const { $OpenApiUtil } = require('@alicloud/openapi-core') as typeof import('@alicloud/openapi-core');
/** What all models of the SDKs extend; the client does not hand it on by its name. */
const Model = Object.getPrototypeOf($OpenApiUtil.Params) as new (fields: object) => object;

/** Made as the product SDK makes its models: fields in lower case, and the names they have on the wire. */
class Hotword extends Model {
  static names(): Record<string, string> {
    return { language: 'Language', text: 'Text', weight: 'Weight' };
  }
  static types(): Record<string, unknown> {
    return { language: 'string', text: 'string', weight: 'number' };
  }
}

/** What the product SDK puts into the query for a list of hotwords. */
function onWire(...words: readonly { text: string; weight?: number; language?: string }[]): string {
  const models = words.map((word) => new Hotword(word));
  return $OpenApiUtil.default.arrayToStringWithSpecifiedStyle(models, 'Hotwords', 'json');
}

const HOTWORDS = onWire({ text: 'Dashwood', weight: 4, language: 'en' }, { text: '达什伍德', weight: -6 });
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;
const LIBRARY = { Name: 'People 人物', UsageScenario: 'ASR', Hotwords: HOTWORDS };

let server: TestServer;
let client: OfficialClient;
beforeAll(async () => {
  server = await startTestServer();
  client = openApiCoreClient(server, 'V3');
});
afterAll(() => server.stop());

async function create(changes: Record<string, string> = {}): Promise<string> {
  const { HotwordLibraryId } = await client.call('CreateHotwordLibrary', { ...LIBRARY, ...changes });
  return String(HotwordLibraryId);
}

test('every official client creates, gets, updates, lists and deletes a library', async () => {
  for (const official of allOfficialClients(server)) {
    const { name } = official;
    const made = await official.call('CreateHotwordLibrary', { ...LIBRARY, Description: name });
    const HotwordLibraryId = String(made['HotwordLibraryId']);
    expect([name, made]).toEqual([
      name,
      { RequestId: expect.any(String), HotwordLibraryId: expect.stringMatching(/^[0-9a-f]{32}$/) },
    ]);
    const fields = { HotwordLibraryId, Name: LIBRARY.Name, UsageScenario: 'ASR', CreationTime: TIME };
    expect(await official.call('GetHotwordLibrary', { HotwordLibraryId })).toEqual({
      ...{ RequestId: expect.any(String), ...fields, Description: name, ModifiedTime: TIME },
      Hotwords: [
        { Text: 'Dashwood', Weight: 4, Language: 'en' },
        { Text: '达什伍德', Weight: -6 },
      ],
    });
    const change = { HotwordLibraryId, Name: 'renamed', Hotwords: onWire({ text: 'Elinor' }) };
    expect(await official.call('UpdateHotwordLibrary', change)).toMatchObject({ Success: HotwordLibraryId });
    expect(await official.call('ListHotwordLibraries', { PageSize: 10, UsageScenario: 'ASR' }, 'GET')).toEqual({
      ...{ RequestId: expect.any(String), NextToken: '', MaxResults: 10, TotalCount: 1 },
      HotwordLibraryList: [{ ...fields, Name: 'renamed', Description: name, ModifiedTime: TIME }],
    });
    expect(await official.call('DeleteHotwordLibrary', { HotwordLibraryId })).toMatchObject({ Success: true });
    await expect(official.call('GetHotwordLibrary', { HotwordLibraryId })).rejects.toMatchObject({
      code: 'InvalidParameter.HotwordLibraryNotFound',
    });
  }
});

test('translations are kept as they were given', async () => {
  const TranspositionResultList = [{ TranslatedText: '你好', TargetLanguage: 'zh' }];
  const Hotwords = [{ Text: 'hello', Weight: 2, Language: 'en', TranspositionResultList }];
  const HotwordLibraryId = await create({ UsageScenario: 'VideoTranslation', Hotwords: JSON.stringify(Hotwords) });
  expect(await client.call('GetHotwordLibrary', { HotwordLibraryId })).toMatchObject({ Hotwords });
  await client.call('DeleteHotwordLibrary', { HotwordLibraryId });
});

test('lists go on by token, in both orders, and their tokens are for no other list', async () => {
  const ids: string[] = [];
  for (const letter of 'abc') ids.push(await create({ Name: `walk ${letter}` }));
  const walk = async (SortBy: string): Promise<unknown[]> => {
    const seen: unknown[] = [];
    let NextToken = '';
    do {
      const query = { Name: 'WALK', MaxResults: 2, SortBy, NextToken };
      const page = await client.call('ListHotwordLibraries', query);
      expect(page['TotalCount']).toBe(3);
      seen.push(
        ...(page['HotwordLibraryList'] as unknown as { HotwordLibraryId: string }[]).map(
          (one) => one.HotwordLibraryId,
        ),
      );
      NextToken = String(page['NextToken']);
    } while (NextToken !== '');
    return seen;
  };
  expect(await walk('CreationTime:Asc')).toEqual(ids);
  expect(await walk('CreationTime:Desc')).toEqual(ids.toReversed());
  const { NextToken } = await client.call('ListHotwordLibraries', { Name: 'WALK', MaxResults: 2 });
  for (const action of ['ListHotwordLibraries', 'ListSmartJobs']) {
    await expect(client.call(action, { NextToken: String(NextToken) })).rejects.toMatchObject({
      code: 'InvalidParameter',
      message: expect.stringContaining('NextToken'),
    });
  }
});

test('a library in XML, its words as elements', async () => {
  const HotwordLibraryId = await create();
  const { text, status } = await rawCall(server, 'GetHotwordLibrary', { HotwordLibraryId, Format: 'XML' });
  expect(status).toBe(200);
  expect(text).toContain('<GetHotwordLibraryResponse>');
  expect(text).toContain(
    '<Hotwords><Hotword><Text>Dashwood</Text><Weight>4</Weight><Language>en</Language></Hotword><Hotword>',
  );
  const list = await rawCall(server, 'ListHotwordLibraries', { Name: 'People', Format: 'XML' });
  expect(list.text).toContain(`<HotwordLibrary><HotwordLibraryId>${HotwordLibraryId}</HotwordLibraryId>`);
});

describe('what is refused', () => {
  const words = (...list: readonly unknown[]): Record<string, string> => ({ Hotwords: JSON.stringify(list) });
  const many = Array.from({ length: 301 }, (_, index) => ({ Text: `word ${index}` }));

  test.each([
    ['no name', { Name: '' }, 'MissingName', 'Name is mandatory'],
    ['no scenario', { UsageScenario: '' }, 'MissingUsageScenario', 'mandatory'],
    ['another scenario', { UsageScenario: 'asr' }, 'InvalidParameter', 'ASR, StructuredMediaAssets'],
    ['no words', { Hotwords: '' }, 'MissingHotwords', 'mandatory'],
    ['an empty list', words(), 'InvalidParameter', '1-300 hotwords'],
    ['too many words', words(...many), 'InvalidParameter', '1-300 hotwords'],
    ['words as plain texts', words('Dashwood'), 'InvalidParameter', "'Hotwords.0' is invalid, input: Dashwood"],
    ['no JSON', { Hotwords: 'Dashwood' }, 'InvalidParameter', 'JSON text'],
    ['an empty word', words({ Text: ' ' }), 'InvalidParameter', "'Hotwords.0.Text'"],
    ['a word with a line break', words({ Text: 'a\nb' }), 'InvalidParameter', 'line breaks'],
    [
      'a weight of 6',
      words({ Text: 'a', Weight: 6 }),
      'InvalidParameter',
      "'Hotwords.0.Weight' is invalid, input: 6",
    ],
    ['half a weight', words({ Text: 'a', Weight: 1.5 }), 'InvalidParameter', '-6 to 5'],
    ['a word twice', words({ Text: 'a' }, { Text: 'a' }), 'InvalidParameter', 'only once'],
    ['sixteen characters', words({ Text: '一二三四五六七八九十一二三四五六' }), 'InvalidParameter', 'at most 15'],
    ['eleven words', words({ Text: 'a b c d e f g h i j k' }), 'InvalidParameter', '10 words'],
    ['a long name', { Name: '名'.repeat(101) }, 'InvalidParameter', 'at most 100 characters'],
    ['a long description', { Description: 'x'.repeat(201) }, 'InvalidParameter', 'at most 200 characters'],
  ])('%s', async (_what, changes, code, message) => {
    const given = { ...LIBRARY, ...changes };
    await expect(client.call('CreateHotwordLibrary', given)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  test('what lies at the limit is taken', async () => {
    const Hotwords = JSON.stringify([
      ...many.slice(0, 297),
      { Text: '一二三四五六七八九十一二三四五', Weight: -6 },
      { Text: 'a b c d e f g h i j', Weight: 5 },
      { Text: 'a b c d e f g h i j', Language: 'de' },
    ]);
    const id = await create({ Name: '𠮷'.repeat(100), Description: 'x'.repeat(200), Hotwords });
    expect(await client.call('GetHotwordLibrary', { HotwordLibraryId: id })).toMatchObject({
      Name: '𠮷'.repeat(100),
    });
  });

  test('an update by the same rules, and one of another scenario by its own', async () => {
    const long = 'a b c d e f g h i j k';
    const HotwordLibraryId = await create();
    const update = (id: string) =>
      client.call('UpdateHotwordLibrary', { HotwordLibraryId: id, Hotwords: onWire({ text: long }) });
    await expect(update(HotwordLibraryId)).rejects.toMatchObject({ code: 'InvalidParameter' });
    await update(await create({ UsageScenario: 'VideoTranslation' }));
  });

  test('times that no library can lie between', async () => {
    const times = { StartTime: '2026-01-02T00:00:01Z', EndTime: '2026-01-02T00:00:00Z' };
    await expect(client.call('ListHotwordLibraries', times)).rejects.toMatchObject({ code: 'InvalidParameter' });
  });

  test('a user without the permission, by the name of the operation', async () => {
    const user = openApiCoreClient(
      await createUser(server, 'reader', policyDocument('Allow', 'ice:ListHotwordLibraries')),
      'V3',
    );
    await user.call('ListHotwordLibraries');
    await expect(user.call('CreateHotwordLibrary', LIBRARY)).rejects.toMatchObject({ code: 'NoPermission' });
  });
});

describe('a job that names a library', () => {
  const submit = (config: unknown) =>
    client.call('SubmitASRJob', { InputFile: 'oss://media/a.wav', EditingConfig: JSON.stringify(config) });

  test('is taken where the library is one for speech recognition', async () => {
    expect(await submit({ HotwordLibraryIdList: await create() })).toMatchObject({ State: 'Created' });
    expect(await submit({ HotwordLibraryIdList: '' })).toMatchObject({ State: 'Created' });
  });

  test('is refused where there is none, by field and value', async () => {
    const unknown = '0123456789abcdef0123456789abcdef';
    await expect(submit({ HotwordLibraryIdList: unknown })).rejects.toMatchObject({
      code: 'InvalidParameter',
      message: expect.stringContaining(`'EditingConfig.HotwordLibraryIdList' is invalid, input: ${unknown}`),
    });
    await expect(submit({ HotwordLibraryIdList: [await create()] })).rejects.toMatchObject({
      code: 'InvalidParameter',
      message: expect.stringContaining('as a string'),
    });
    await expect(
      submit({ HotwordLibraryIdList: await create({ UsageScenario: 'VideoTranslation' }) }),
    ).rejects.toMatchObject({ message: expect.stringContaining('not for VideoTranslation') });
  });
});
