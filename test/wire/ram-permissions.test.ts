import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUser, policyDocument, ram, ramClient } from '../support/identity-clients.ts';
import { openApiCoreClient } from '../support/official-clients.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const LIST_ONLY = policyDocument('Allow', 'ice:ListSmartJobs');
const INPUT = { InputFile: 'oss://bucket/a.wav' };

describe.each(['V3', 'V1'] as const)('a user with a list-only policy, scheme %s', (scheme) => {
  test('lists, and is refused on submit with what its administrator needs', async () => {
    const userName = `lister-${scheme}`;
    const key = await createUser(server, userName, LIST_ONLY);
    const client = openApiCoreClient(key, scheme);
    expect(await client.call('ListSmartJobs', {}, 'GET')).toMatchObject({ SmartJobList: [] });

    const { body } = await ramClient(server).getUser(new ram.GetUserRequest({ userName }));
    const error = await client.call('SubmitASRJob', INPUT).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'NoPermission',
      accessDeniedDetail: {
        PolicyType: 'AccountLevelIdentityBasedPolicy',
        AuthPrincipalOwnerId: server.account,
        AuthPrincipalType: 'SubUser',
        AuthPrincipalDisplayName: body?.user?.userId,
        NoPermissionType: 'ImplicitDeny',
        AuthAction: 'ice:SubmitASRJob',
        EncodedDiagnosticMessage: expect.stringMatching(/^AQEAAAAA/),
      },
    });
  });
});

type Denied = { readonly accessDeniedDetail: { readonly EncodedDiagnosticMessage: string } };

test('DecodeDiagnosticMessage names the statement that denied', async () => {
  const two = JSON.stringify({
    Version: '1',
    Statement: [
      { Effect: 'Allow', Action: 'ice:*', Resource: '*' },
      { Effect: 'Deny', Action: 'ice:Submit*', Resource: '*' },
    ],
  });
  const key = await createUser(server, 'denied', two);
  const error = (await openApiCoreClient(key, 'V3')
    .call('SubmitASRJob', INPUT)
    .catch((thrown: unknown) => thrown)) as Denied;
  const encodedDiagnosticMessage = error.accessDeniedDetail.EncodedDiagnosticMessage;
  const request = new ram.DecodeDiagnosticMessageRequest({ encodedDiagnosticMessage });
  const decoded = await ramClient(server).decodeDiagnosticMessage(request);
  expect(decoded.body?.decodedDiagnosticMessage).toMatchObject({
    explicitDeny: true,
    noPermissionPolicyType: 'AccountLevelIdentityBasedPolicy',
    authAction: 'ice:SubmitASRJob',
    authResource: '*',
    authPrincipal: { authPrincipalOwnerId: server.account, authPrincipalType: 'SubUser' },
    matchedPolicies: [{ effect: 'Deny', policyIdentifier: 'denied-0', policyType: 'Custom' }],
  });
  const conditions = decoded.body?.decodedDiagnosticMessage?.authConditions ?? [];
  expect(conditions.map(({ conditionKey, conditionValues }) => [conditionKey, conditionValues])).toEqual(
    expect.arrayContaining([
      ['acs:SourceIp', ['127.0.0.1']],
      ['acs:SecureTransport', ['false']],
      ['acs:PrincipalARN', [`acs:ram::${server.account}:user/denied`]],
    ]),
  );
  await expect(ramClient(key).decodeDiagnosticMessage(request)).rejects.toMatchObject({ code: 'NoPermission' });
  const damaged = encodedDiagnosticMessage.slice(0, -4);
  await expect(
    ramClient(server).decodeDiagnosticMessage(
      new ram.DecodeDiagnosticMessageRequest({ encodedDiagnosticMessage: damaged }),
    ),
  ).rejects.toMatchObject({ code: 'InvalidParameter.EncodedDiagnosticMessage' });
});

test('what changes in RAM counts for the next request', async () => {
  const key = await createUser(server, 'changing');
  const list = () => openApiCoreClient(key, 'V3').call('ListSmartJobs', {}, 'GET');
  const admin = ramClient(server);
  const attachment = { policyName: 'AliyunICEReadOnlyAccess', policyType: 'System', userName: 'changing' };
  await expect(list()).rejects.toMatchObject({ code: 'NoPermission' });
  await admin.attachPolicyToUser(new ram.AttachPolicyToUserRequest(attachment));
  await list();
  await admin.detachPolicyFromUser(new ram.DetachPolicyFromUserRequest(attachment));
  await expect(list()).rejects.toMatchObject({ code: 'NoPermission' });

  const group = { groupName: 'readers', userName: 'changing' };
  await admin.createGroup(new ram.CreateGroupRequest({ groupName: 'readers' }));
  await admin.attachPolicyToGroup(new ram.AttachPolicyToGroupRequest({ ...attachment, groupName: 'readers' }));
  await admin.addUserToGroup(new ram.AddUserToGroupRequest(group));
  await list();
  await admin.removeUserFromGroup(new ram.RemoveUserFromGroupRequest(group));
  await expect(list()).rejects.toMatchObject({ code: 'NoPermission' });
});

test('conditions see the address of the client and how it came', async () => {
  const from = (condition: object): string =>
    JSON.stringify({
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'ice:ListSmartJobs', Resource: '*', Condition: condition }],
    });
  const here = await createUser(server, 'here', from({ IpAddress: { 'acs:SourceIp': '127.0.0.0/8' } }));
  await openApiCoreClient(here, 'V3').call('ListSmartJobs', {}, 'GET');
  const there = await createUser(server, 'there', from({ IpAddress: { 'acs:SourceIp': '192.0.2.0/24' } }));
  const secure = await createUser(server, 'secure', from({ Bool: { 'acs:SecureTransport': 'true' } }));
  for (const key of [there, secure]) {
    await expect(openApiCoreClient(key, 'V3').call('ListSmartJobs', {}, 'GET')).rejects.toMatchObject({
      code: 'NoPermission',
    });
  }
});

test('a user may be let manage itself and nobody else', async () => {
  const own = policyDocument('Allow', 'ram:*AccessKey*', `acs:ram:*:${server.account}:user/self`);
  const key = await createUser(server, 'self', own);
  const client = ramClient(key);
  const mine = await client.listAccessKeys(new ram.ListAccessKeysRequest({}));
  expect(mine.body?.accessKeys?.accessKey?.map(({ accessKeyId }) => accessKeyId)).toEqual([key.accessKeyId]);
  await expect(client.createAccessKey(new ram.CreateAccessKeyRequest({ userName: 'here' }))).rejects.toMatchObject({
    code: 'NoPermission',
  });
});
