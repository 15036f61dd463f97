import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUser, policyDocument } from '../support/identity-clients.ts';
import {
  OFFICIAL_MODES,
  officialClient,
  openApiCoreClient,
  type OfficialClient,
} from '../support/official-clients.ts';
import { rawCall } from '../support/raw-call.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const ACTION = 'SubmitVideoTranslationJob';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const VIDEO = "https://media.oss-cn-shanghai.aliyuncs.com/a%20(1)*~!'.mp4";
const SUBTITLE_CONFIG = {
  ...{ Type: 'Text', FontSize: 72, FontColor: '#ffffff', FontColorOpacity: 1.0, X: 0.5, Y: 0.82 },
  ...{ TextWidth: 0.9, Alignment: 'Center', BorderStyle: 1, Outline: 2 },
};

/** As programs send it. The subtitle is translated already, so that no engine has to be there. */
function parametersOf(editing: object = {}, output: object = {}): Record<string, string> {
  return {
    Title: "测试 (1)!' *~+&=% é",
    InputConfig: JSON.stringify({ Type: 'Video', Video: VIDEO, Subtitle: 'oss://media/a.srt' }),
    OutputConfig: JSON.stringify({ MediaURL: 'https://films.oss-cn-shanghai.aliyuncs.com/a_es.mp4', ...output }),
    EditingConfig: JSON.stringify({
      ...{ SourceLanguage: 'en', TargetLanguage: 'es', SupportEditing: true, DetextArea: [[0, 0.8, 1, 0.2]] },
      ...{ NeedSpeechTranslate: false, NeedFaceTranslate: false, BilingualSubtitle: false },
      ...{ TextSource: 'SubtitleFile', CustomSrtType: 'TargetSrt' },
      SubtitleTranslate: { OcrArea: '[0,0.5,1,0.5]', SubtitleConfig: SUBTITLE_CONFIG },
      ...editing,
    }),
  };
}

type Submitted = { readonly Success: boolean; readonly Data: { readonly JobId: string } };

describe.each(OFFICIAL_MODES)('%s', (mode) => {
  const call: OfficialClient['call'] = (...request) => officialClient(server, mode).call(...request);
  const submit = async (parameters: Record<string, string>): Promise<Submitted> =>
    (await call(ACTION, parameters)) as unknown as Submitted;

  test('submits a translation, and lists and gets it with its strings unchanged', async () => {
    const parameters = parametersOf();
    const submitted = await submit(parameters);
    expect(Object.keys(submitted).toSorted()).toEqual(['Data', 'RequestId', 'Success']);
    // pop-core and the others hand the boolean on as it is.
    expect(submitted).toMatchObject({ Success: true, Data: { JobId: expect.stringMatching(/^[0-9a-f]{32}$/) } });
    const { JobId } = submitted.Data;
    const filter = { JobType: 'VideoTranslation', SortBy: 'CreationTime:Desc', MaxResults: 1 };
    expect(await call('ListSmartJobs', filter, 'GET')).toMatchObject({
      SmartJobList: [
        {
          ...{ JobId, Title: parameters['Title'], JobType: 'VideoTranslation', JobState: 'Created' },
          ...{ EditingConfig: parameters['EditingConfig'], InputConfig: { InputFile: VIDEO, Keyword: '' } },
          OutputConfig: { Bucket: 'films', Object: 'a_es.mp4' },
        },
      ],
    });
    expect(await call('GetSmartHandleJob', { JobId })).toMatchObject({
      SmartJobInfo: { JobType: 'VideoTranslation', InputConfig: { InputFile: VIDEO } },
    });
  });

  test('submits one with a hotword library, and is told where it is none for translations', async () => {
    const create = async (UsageScenario: string): Promise<string> => {
      const TranspositionResultList = [{ TranslatedText: 'nube', TargetLanguage: 'es' }];
      const Hotwords = JSON.stringify([{ Text: 'cloud', Language: 'en', TranspositionResultList }]);
      const made = await call('CreateHotwordLibrary', { Name: 'terms', UsageScenario, Hotwords });
      return String(made['HotwordLibraryId']);
    };
    const [own, other, none] = [await create('VideoTranslation'), await create('ASR'), '0'.repeat(32)];
    for (const HotwordLibraryIdList of [own, [own]]) {
      expect(await submit(parametersOf({ HotwordLibraryIdList }))).toMatchObject({ Success: true });
    }
    const range = 'the id of a hotword library of the account, one with UsageScenario VideoTranslation';
    for (const [id, found] of [
      [other, `${range}, and not for ASR`],
      [none, range],
    ] as const) {
      await expect(submit(parametersOf({ HotwordLibraryIdList: id }))).rejects.toMatchObject({
        code: 'InvalidParameter',
        message: expect.stringContaining(
          `'EditingConfig.HotwordLibraryIdList' is invalid, input: ${id}, value range: ${found}`,
        ) as string,
      });
    }
    await expect(submit(parametersOf({ HotwordLibraryIdList: [own, own] }))).rejects.toMatchObject({
      code: 'InvalidParameter',
      message: expect.stringContaining('one id of a hotword library') as string,
    });
  });

  test('repeats a submit with its ClientToken, and is told where the parameters differ', async () => {
    const ClientToken = randomUUID();
    const parameters = { ...parametersOf(), ClientToken };
    const first = await submit(parameters);
    expect((await submit(parameters)).Data).toEqual(first.Data);
    await call('CancelSmartJob', { JobId: first.Data.JobId });
    expect((await submit(parameters)).Data).toEqual(first.Data);
    await expect(submit({ ...parametersOf({ TargetLanguage: 'fr' }), ClientToken })).rejects.toMatchObject({
      code: 'IdempotentParameterMismatch',
    });
  });

  test('makes one job of submits at once', async () => {
    const parameters = { ...parametersOf(), ClientToken: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 8 }, () => submit(parameters)));
    expect(new Set(answers.map(({ Data }) => Data.JobId)).size).toBe(1);
  });

  test('sees a refusal as an error, with the field, the value and what is allowed', async () => {
    await expect(submit(parametersOf({ NeedFaceTranslate: true }))).rejects.toMatchObject({
      code: 'InvalidParameter.NotSupport',
      message: expect.stringContaining("'EditingConfig.NeedFaceTranslate' is invalid, input: true"),
    });
    await expect(
      submit(parametersOf({ TargetLanguage: 'es,fr', CustomSrtType: 'SourceSrt' })),
    ).rejects.toMatchObject({ message: expect.stringMatching(/\{language_id\}|No translation engine/) });
  });

  test('may send what the documentation lists as filled in by the system, misspelling and all', async () => {
    const system = { SignatureMehtod: 'HMAC-SHA1', SignatureType: '' };
    const asQuery = { Signature: 'x', SignatureNonce: randomUUID(), SignatureVersion: '1.0' };
    const isV3 = mode.includes('V3');
    const { Success } = await submit({ ...parametersOf(), ...system, ...(isV3 ? asQuery : {}) });
    expect(Success).toBe(true);
  });
});

test('in XML, for the clients of the first generation', async () => {
  const { status, text } = await rawCall(server, ACTION, { ...parametersOf(), Format: 'XML' });
  expect(status).toBe(200);
  expect(text).toMatch(
    /<SubmitVideoTranslationJobResponse><RequestId>[0-9A-F-]{36}<\/RequestId><Success>true<\/Success><Data><JobId>[0-9a-f]{32}<\/JobId><\/Data><\/SubmitVideoTranslationJobResponse>/,
  );
});

test.each(['V3', 'V1'] as const)(
  'a policy allows it by its own action, and another does not: %s',
  async (scheme) => {
    const allowed = await createUser(server, `translator-${scheme}`, policyDocument('Allow', `ice:${ACTION}`));
    await expect(openApiCoreClient(allowed, scheme).call(ACTION, parametersOf())).resolves.toMatchObject({
      Success: true,
    });
    const other = await createUser(
      server,
      `chartist-${scheme}`,
      policyDocument('Allow', 'ice:SubmitDynamicChartJob'),
    );
    const error = await openApiCoreClient(other, scheme)
      .call(ACTION, parametersOf())
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'NoPermission', accessDeniedDetail: { AuthAction: `ice:${ACTION}` } });
  },
);

test('the token of one user is that of the account', async () => {
  const ClientToken = randomUUID();
  const user = await createUser(server, 'colleague', policyDocument('Allow', 'ice:*'));
  const parameters = { ...parametersOf(), ClientToken };
  const mine = await openApiCoreClient(server, 'V3').call(ACTION, parameters);
  const theirs = await openApiCoreClient(user, 'V3').call(ACTION, parameters);
  expect(theirs['Data']).toEqual(mine['Data']);
});
