import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createUser,
  policyDocument,
  ram,
  ramClient,
  sts,
  stsClient,
  trustOf,
} from '../support/identity-clients.ts';
import { openApiCoreClient, type Credentials } from '../support/official-clients.ts';
import { rawCall, json } from '../support/raw-call.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer;
let assumer: Credentials;
beforeAll(async () => {
  server = await startTestServer();
  assumer = await createUser(server, 'assumer');
  await ramClient(server).attachPolicyToUser(
    new ram.AttachPolicyToUserRequest({
      policyName: 'AliyunSTSAssumeRoleAccess',
      policyType: 'System',
      userName: 'assumer',
    }),
  );
  await createRole('reader');
});
afterAll(() => server.stop());

const arnOf = (roleName: string, account = server.account): string => `acs:ram::${account}:role/${roleName}`;

async function createRole(roleName: string, trust = trustOf(server.account)): Promise<void> {
  const admin = ramClient(server);
  await admin.createRole(new ram.CreateRoleRequest({ roleName, assumeRolePolicyDocument: trust }));
  const attachment = { policyName: 'AliyunICEFullAccess', policyType: 'System', roleName };
  await admin.attachPolicyToRole(new ram.AttachPolicyToRoleRequest(attachment));
}

type Wanted = ConstructorParameters<typeof sts.AssumeRoleRequest>[0];

async function assume(
  key: Credentials,
  wanted: Wanted = {},
): Promise<Credentials & { readonly expiration: string }> {
  const request = new sts.AssumeRoleRequest({ roleArn: arnOf('reader'), roleSessionName: 'alice', ...wanted });
  const { body } = await stsClient(key).assumeRole(request);
  const { accessKeyId = '', accessKeySecret = '', securityToken = '', expiration = '' } = body?.credentials ?? {};
  return { host: server.host, accessKeyId, accessKeySecret, securityToken, expiration };
}

describe('AssumeRole', () => {
  test('begins a session that is good in both schemes', async () => {
    const request = new sts.AssumeRoleRequest({ roleArn: arnOf('reader'), roleSessionName: 'alice' });
    const before = Date.now();
    const { body } = await stsClient(assumer).assumeRole(request);
    expect(body?.credentials?.accessKeyId).toMatch(/^STS\./);
    const lasts = Date.parse(body?.credentials?.expiration ?? '') - before;
    expect(lasts / 1000).toBeGreaterThan(3598);
    expect(lasts / 1000).toBeLessThan(3660);
    const role = await ramClient(server).getRole(new ram.GetRoleRequest({ roleName: 'reader' }));
    expect(body?.assumedRoleUser).toMatchObject({
      arn: `${arnOf('reader')}/alice`,
      assumedRoleId: `${role.body?.role?.roleId}:alice`,
    });
    const { accessKeyId = '', accessKeySecret = '', securityToken = '' } = body?.credentials ?? {};
    const session = { host: server.host, accessKeyId, accessKeySecret, securityToken };
    for (const scheme of ['V3', 'V1'] as const) {
      expect(await listWith(session, scheme)).toMatchObject({ SmartJobList: [] });
      const who = await stsClient(session, scheme).getCallerIdentity();
      expect(who.body).toMatchObject({
        identityType: 'AssumedRoleUser',
        accountId: server.account,
        arn: `acs:ram::${server.account}:assumed-role/reader/alice`,
        principalId: `${role.body?.role?.roleId}:alice`,
        roleId: role.body?.role?.roleId,
      });
    }
  });

  test('is not for the account itself, nor for users without permission or trust', async () => {
    await expect(assume(server)).rejects.toMatchObject({
      code: 'NoPermission',
      message: expect.stringContaining('Roles may not be assumed by root accounts.'),
    });
    const nobody = await createUser(server, 'nobody');
    await expect(assume(nobody)).rejects.toMatchObject({
      accessDeniedDetail: { AuthAction: 'sts:AssumeRole', PolicyType: 'AccountLevelIdentityBasedPolicy' },
    });
    await createRole('closed', trustOf('1999999999999999'));
    await expect(assume(assumer, { roleArn: arnOf('closed') })).rejects.toMatchObject({
      code: 'NoPermission',
      accessDeniedDetail: { AuthAction: 'sts:AssumeRole', PolicyType: 'AssumeRolePolicy' },
    });
  });

  test('cuts the session down to the policy that is sent', async () => {
    const session = await assume(assumer, { policy: policyDocument('Allow', 'ice:List*') });
    await listWith(session);
    const submit = openApiCoreClient(session, 'V3').call('SubmitASRJob', { InputFile: 'oss://b/a.wav' });
    await expect(submit).rejects.toMatchObject({
      code: 'NoPermission',
      accessDeniedDetail: {
        PolicyType: 'SessionPolicy',
        AuthPrincipalType: 'AssumedRoleUser',
        AuthPrincipalDisplayName: 'reader:alice',
      },
    });
  });

  test.each([
    ['InvalidParameter.RoleArn', { roleArn: 'reader' }],
    ['InvalidParameter.RoleSessionName', { roleSessionName: 'a' }],
    ['InvalidParameter.RoleSessionName', { roleSessionName: 'a b' }],
    ['InvalidParameter.DurationSeconds', { durationSeconds: 899 }],
    ['InvalidParameter.DurationSeconds', { durationSeconds: 3601 }],
    ['InvalidParameter.PolicyGrammar', { policy: '{"Version":"1"}' }],
    ['InvalidParameter.PolicySize', { policy: ' '.repeat(2049) }],
    ['InvalidParameter.ExternalId', { externalId: '!' }],
  ])('refuses with %s: %o', async (code, wanted) => {
    await expect(assume(assumer, wanted)).rejects.toMatchObject({ code });
  });

  test('tells of a role that is not there, but not of those of other accounts', async () => {
    await expect(assume(assumer, { roleArn: arnOf('none') })).rejects.toMatchObject({
      code: 'EntityNotExist.Role',
    });
    await expect(assume(assumer, { roleArn: arnOf('none', '1999999999999999') })).rejects.toMatchObject({
      code: 'NoPermission',
      accessDeniedDetail: { PolicyType: 'AssumeRolePolicy', NoPermissionType: 'ImplicitDeny' },
    });
  });

  test('takes an external id where the trust policy asks for one', async () => {
    const trust = JSON.parse(trustOf(server.account)) as { Statement: { Condition?: object }[] };
    trust.Statement[0]!.Condition = { StringEquals: { 'sts:ExternalId': 'abcd1234' } };
    await createRole('external', JSON.stringify(trust));
    await expect(assume(assumer, { roleArn: arnOf('external') })).rejects.toMatchObject({ code: 'NoPermission' });
    await listWith(await assume(assumer, { roleArn: arnOf('external'), externalId: 'abcd1234' }));
  });
});

describe('a session', () => {
  test('loses everything at once when its role loses its policies, or goes', async () => {
    await createRole('brief');
    const session = await assume(assumer, { roleArn: arnOf('brief') });
    await listWith(session);
    const admin = ramClient(server);
    await admin.detachPolicyFromRole(
      new ram.DetachPolicyFromRoleRequest({
        policyName: 'AliyunICEFullAccess',
        policyType: 'System',
        roleName: 'brief',
      }),
    );
    await expect(listWith(session)).rejects.toMatchObject({ code: 'NoPermission' });
    await admin.deleteRole(new ram.DeleteRoleRequest({ roleName: 'brief' }));
    await createRole('brief');
    await expect(listWith(session)).rejects.toMatchObject({ code: 'NoPermission' });
  });

  test('may assume a further role where its policies let it', async () => {
    await expect(assume(await assume(assumer))).rejects.toMatchObject({ code: 'NoPermission' });
    await ramClient(server).attachPolicyToRole(
      new ram.AttachPolicyToRoleRequest({
        policyName: 'AliyunSTSAssumeRoleAccess',
        policyType: 'System',
        roleName: 'reader',
      }),
    );
    const further = await assume(await assume(assumer), { roleSessionName: 'further' });
    await listWith(further);
  });

  test('is refused without its token, with a damaged one, and with that of another', async () => {
    const session = await assume(assumer);
    const other = await assume(assumer);
    const raw = async (key: Credentials): Promise<unknown> => {
      const token: Record<string, string> =
        key.securityToken === undefined ? {} : { SecurityToken: key.securityToken };
      return json(await rawCall(key, 'ListSmartJobs', token)).Code;
    };
    expect(await raw({ ...session, securityToken: undefined })).toBe('MissingSecurityToken');
    expect(await raw({ ...session, securityToken: `${session.securityToken}`.slice(0, -4) })).toBe(
      'InvalidSecurityToken.Malformed',
    );
    expect(await raw({ ...session, securityToken: other.securityToken })).toBe(
      'InvalidSecurityToken.MismatchWithAccessKey',
    );
    expect(await raw({ ...assumer, securityToken: session.securityToken })).toBe(
      'InvalidSecurityToken.MismatchWithAccessKey',
    );
    expect(await raw({ ...session, accessKeySecret: 'other' })).toBe('SignatureDoesNotMatch');
  });

  test('outlives a restart of the server', async () => {
    const dataDir = `${server.dataDir}/again`;
    const env = { SMARTJOBS_DATA_DIR: dataDir };
    const first = await startTestServer(env);
    const key = await createUser(first, 'u', policyDocument('Allow', 'sts:AssumeRole'));
    const roleName = 'r';
    const trust = trustOf(first.account);
    const admin = ramClient(first);
    await admin.createRole(new ram.CreateRoleRequest({ roleName, assumeRolePolicyDocument: trust }));
    const { body } = await stsClient(key).assumeRole(
      new sts.AssumeRoleRequest({ roleArn: arnOf('r', first.account), roleSessionName: 'alice' }),
    );
    await first.stop();
    const second = await startTestServer(env);
    const { accessKeyId = '', accessKeySecret = '', securityToken } = body?.credentials ?? {};
    const session = { host: second.host, accessKeyId, accessKeySecret, securityToken };
    const who = await stsClient(session).getCallerIdentity();
    expect(who.body).toMatchObject({ identityType: 'AssumedRoleUser' });
    await second.stop();
  });
});

test('GetCallerIdentity tells every identity whom it is taken for, without any policy', async () => {
  const root = await stsClient(server).getCallerIdentity();
  expect(root.body).toMatchObject({ identityType: 'Account', arn: `acs:ram::${server.account}:root` });
  const user = await stsClient(await createUser(server, 'asking')).getCallerIdentity();
  expect(user.body).toMatchObject({
    identityType: 'RAMUser',
    accountId: server.account,
    arn: `acs:ram::${server.account}:user/asking`,
    userId: expect.stringMatching(/^\d{18}$/),
  });
  const denied = await createUser(server, 'silenced', policyDocument('Deny', 'sts:GetCallerIdentity'));
  await expect(stsClient(denied).getCallerIdentity()).rejects.toMatchObject({ code: 'NoPermission' });
});

function listWith(key: Credentials, scheme: 'V3' | 'V1' = 'V3'): Promise<unknown> {
  return openApiCoreClient(key, scheme).call('ListSmartJobs', {}, 'GET');
}
