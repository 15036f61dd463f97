import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUser, policyDocument, ram, ramClient, trustOf } from '../support/identity-clients.ts';
import { openApiCoreClient } from '../support/official-clients.ts';
import { json, rawCall } from '../support/raw-call.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer;
let admin: ReturnType<typeof ramClient>;
beforeAll(async () => {
  server = await startTestServer();
  admin = ramClient(server);
});
afterAll(() => server.stop());

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const ALLOW_LIST = policyDocument('Allow', 'ice:List*');

test('users are created, read, renamed, listed in pages and deleted', async () => {
  const about = { displayName: 'Alice 测试', email: 'alice@example.com', comments: 'engineer' };
  const created = await admin.createUser(new ram.CreateUserRequest({ userName: 'u-alice', ...about }));
  expect(created.body?.user).toMatchObject({
    userName: 'u-alice',
    ...about,
    userId: expect.stringMatching(/^\d{18}$/),
    createDate: expect.stringMatching(TIME),
  });
  const renamed = await admin.updateUser(
    new ram.UpdateUserRequest({ userName: 'u-alice', newUserName: 'u-alice2', newMobilePhone: '86-13000000000' }),
  );
  expect(renamed.body?.user).toMatchObject({
    userName: 'u-alice2',
    ...about,
    mobilePhone: '86-13000000000',
    userId: created.body?.user?.userId,
    updateDate: expect.stringMatching(TIME),
  });
  for (const name of ['u-bob', 'u-carol']) await admin.createUser(new ram.CreateUserRequest({ userName: name }));
  const names: (string | undefined)[] = [];
  let marker: string | undefined;
  do {
    const { body } = await admin.listUsers(new ram.ListUsersRequest({ maxItems: 2, marker }));
    names.push(...(body?.users?.user ?? []).map(({ userName }) => userName));
    expect(body?.isTruncated).toBe(body?.marker !== undefined);
    marker = body?.marker;
  } while (marker !== undefined);
  expect(names).toEqual(['u-alice2', 'u-bob', 'u-carol']);
  for (const userName of names) await admin.deleteUser(new ram.DeleteUserRequest({ userName }));
  expect((await admin.listUsers(new ram.ListUsersRequest({}))).body?.users?.user).toEqual([]);
});

test('groups have users, and say so from both sides', async () => {
  await admin.createGroup(new ram.CreateGroupRequest({ groupName: 'g-dev', comments: 'developers' }));
  await admin.createUser(new ram.CreateUserRequest({ userName: 'g-user', displayName: 'G' }));
  const both = { groupName: 'g-dev', userName: 'g-user' };
  await admin.addUserToGroup(new ram.AddUserToGroupRequest(both));
  const users = await admin.listUsersForGroup(new ram.ListUsersForGroupRequest({ groupName: 'g-dev' }));
  expect(users.body?.users?.user).toMatchObject([
    { userName: 'g-user', displayName: 'G', joinDate: expect.stringMatching(TIME) },
  ]);
  const renamed = await admin.updateGroup(
    new ram.UpdateGroupRequest({ groupName: 'g-dev', newGroupName: 'g-ops' }),
  );
  expect(renamed.body?.group).toMatchObject({ groupName: 'g-ops', comments: 'developers' });
  const groups = await admin.listGroupsForUser(new ram.ListGroupsForUserRequest({ userName: 'g-user' }));
  expect(groups.body?.groups?.group).toMatchObject([{ groupName: 'g-ops', comments: 'developers' }]);
  expect((await admin.listGroups(new ram.ListGroupsRequest({}))).body?.groups?.group).toHaveLength(1);
  await expect(admin.deleteGroup(new ram.DeleteGroupRequest({ groupName: 'g-ops' }))).rejects.toMatchObject({
    code: 'DeleteConflict.Group.User',
  });
  await admin.removeUserFromGroup(new ram.RemoveUserFromGroupRequest({ ...both, groupName: 'g-ops' }));
  await admin.deleteGroup(new ram.DeleteGroupRequest({ groupName: 'g-ops' }));
  await expect(admin.getGroup(new ram.GetGroupRequest({ groupName: 'g-ops' }))).rejects.toMatchObject({
    code: 'EntityNotExist.Group',
  });
});

describe('access keys', () => {
  const userName = 'k-user';

  test('are rotated: a second one, the first disabled, then deleted', async () => {
    const old = await createUser(server, userName, ALLOW_LIST);
    const list = (key: typeof old) => openApiCoreClient(key, 'V3').call('ListSmartJobs', {}, 'GET');
    await list(old);
    const { body } = await admin.createAccessKey(new ram.CreateAccessKeyRequest({ userName }));
    const { accessKeyId = '', accessKeySecret = '' } = body?.accessKey ?? {};
    const fresh = { host: server.host, accessKeyId, accessKeySecret };
    await expect(admin.createAccessKey(new ram.CreateAccessKeyRequest({ userName }))).rejects.toMatchObject({
      code: 'LimitExceeded.User.AccessKey',
    });
    const key = { userName, userAccessKeyId: old.accessKeyId };
    await admin.updateAccessKey(new ram.UpdateAccessKeyRequest({ ...key, status: 'Inactive' }));
    await expect(list(old)).rejects.toMatchObject({ code: 'InvalidAccessKeyId.Inactive' });
    await list(fresh);
    await admin.updateAccessKey(new ram.UpdateAccessKeyRequest({ ...key, status: 'Active' }));
    await list(old);
    await admin.deleteAccessKey(new ram.DeleteAccessKeyRequest(key));
    await expect(list(old)).rejects.toMatchObject({ code: 'InvalidAccessKeyId.NotFound' });
    await list(fresh);
    const used = await admin.getAccessKeyLastUsed(
      new ram.GetAccessKeyLastUsedRequest({ userName, userAccessKeyId: accessKeyId }),
    );
    expect(Date.now() - Date.parse(used.body?.accessKeyLastUsed?.lastUsedDate ?? '')).toBeLessThan(120_000);
  });

  test('are listed without secrets, and keep their user from being deleted', async () => {
    const listed = await admin.listAccessKeys(new ram.ListAccessKeysRequest({ userName }));
    expect(listed.body?.accessKeys?.accessKey).toHaveLength(1);
    expect(JSON.stringify(listed.body)).not.toContain('ecret');
    await expect(admin.deleteUser(new ram.DeleteUserRequest({ userName }))).rejects.toMatchObject({
      code: expect.stringMatching(/^DeleteConflict\.User\./),
    });
  });

  test('of the account itself are not for this API', async () => {
    await expect(admin.createAccessKey(new ram.CreateAccessKeyRequest({}))).rejects.toMatchObject({
      code: 'MissingUserName',
    });
  });
});

test('policies have versions, of which one counts', async () => {
  const policyName = 'p-jobs';
  const custom = { policyName, policyType: 'Custom' };
  const created = await admin.createPolicy(
    new ram.CreatePolicyRequest({ policyName, policyDocument: ALLOW_LIST, description: 'lists' }),
  );
  expect(created.body?.policy).toMatchObject({ ...custom, defaultVersion: 'v1', description: 'lists' });
  const second = policyDocument('Allow', 'ice:*');
  await admin.createPolicyVersion(
    new ram.CreatePolicyVersionRequest({ policyName, policyDocument: second, setAsDefault: true }),
  );
  const got = await admin.getPolicy(new ram.GetPolicyRequest(custom));
  expect(got.body?.policy).toMatchObject({ defaultVersion: 'v2', attachmentCount: 0 });
  expect(got.body?.defaultPolicyVersion).toMatchObject({
    versionId: 'v2',
    policyDocument: second,
    isDefaultVersion: true,
  });
  const versions = await admin.listPolicyVersions(new ram.ListPolicyVersionsRequest(custom));
  expect(versions.body?.policyVersions?.policyVersion).toMatchObject([
    { versionId: 'v1', isDefaultVersion: false },
    { versionId: 'v2', isDefaultVersion: true },
  ]);
  const version = (versionId: string) => ({ policyName, versionId });
  await admin.setDefaultPolicyVersion(new ram.SetDefaultPolicyVersionRequest(version('v1')));
  await expect(admin.deletePolicyVersion(new ram.DeletePolicyVersionRequest(version('v1')))).rejects.toMatchObject({
    code: 'DeleteConflict.Policy.Version.Default',
  });
  await expect(admin.deletePolicy(new ram.DeletePolicyRequest({ policyName }))).rejects.toMatchObject({
    code: 'DeleteConflict.Policy.Version',
  });
  const described = await admin.updatePolicyDescription(
    new ram.UpdatePolicyDescriptionRequest({ policyName, newDescription: 'all' }),
  );
  expect(described.body?.policy).toMatchObject({ description: 'all' });
  await admin.deletePolicy(new ram.DeletePolicyRequest({ policyName, cascadingDelete: true }));
  await expect(admin.getPolicy(new ram.GetPolicyRequest(custom))).rejects.toMatchObject({
    code: 'EntityNotExist.Policy',
  });
});

test('an attached policy with several versions keeps them where it cannot be deleted', async () => {
  const policyName = 'p-held';
  await createUser(server, 'p-holder');
  await admin.createPolicy(new ram.CreatePolicyRequest({ policyName, policyDocument: ALLOW_LIST }));
  const version = { policyName, policyDocument: policyDocument('Allow', 'ice:*') };
  await admin.createPolicyVersion(new ram.CreatePolicyVersionRequest(version));
  const attachment = { policyName, policyType: 'Custom', userName: 'p-holder' };
  await admin.attachPolicyToUser(new ram.AttachPolicyToUserRequest(attachment));
  await expect(
    admin.deletePolicy(new ram.DeletePolicyRequest({ policyName, cascadingDelete: true })),
  ).rejects.toMatchObject({ code: 'DeleteConflict.Policy.User' });
  const versions = await admin.listPolicyVersions(
    new ram.ListPolicyVersionsRequest({ policyName, policyType: 'Custom' }),
  );
  expect(versions.body?.policyVersions?.policyVersion).toHaveLength(2);
  const held = await admin.listPoliciesForUser(new ram.ListPoliciesForUserRequest({ userName: 'p-holder' }));
  expect(held.body?.policies?.policy).toMatchObject([{ policyName, attachDate: expect.stringMatching(TIME) }]);
  await expect(admin.attachPolicyToUser(new ram.AttachPolicyToUserRequest(attachment))).rejects.toMatchObject({
    code: 'EntityAlreadyExists.User.Policy',
  });
});

test('a policy says who has it: users, groups and roles', async () => {
  const policy = { policyName: 'AdministratorAccess', policyType: 'System' };
  await admin.createUser(new ram.CreateUserRequest({ userName: 'e-user' }));
  await admin.createGroup(new ram.CreateGroupRequest({ groupName: 'e-group' }));
  const role = { roleName: 'e-role', assumeRolePolicyDocument: trustOf(server.account) };
  await admin.createRole(new ram.CreateRoleRequest(role));
  await admin.attachPolicyToUser(new ram.AttachPolicyToUserRequest({ ...policy, userName: 'e-user' }));
  await admin.attachPolicyToGroup(new ram.AttachPolicyToGroupRequest({ ...policy, groupName: 'e-group' }));
  await admin.attachPolicyToRole(new ram.AttachPolicyToRoleRequest({ ...policy, roleName: 'e-role' }));
  const { body } = await admin.listEntitiesForPolicy(new ram.ListEntitiesForPolicyRequest(policy));
  expect(body?.users?.user).toMatchObject([{ userName: 'e-user' }]);
  expect(body?.groups?.group).toMatchObject([{ groupName: 'e-group' }]);
  expect(body?.roles?.role).toMatchObject([{ arn: `acs:ram::${server.account}:role/e-role` }]);
  const system = await admin.listPolicies(new ram.ListPoliciesRequest({ policyType: 'System' }));
  expect(system.body?.policies?.policy?.map(({ policyName }) => policyName)).toContain('AliyunICEReadOnlyAccess');
});

test('roles are created, changed and listed', async () => {
  const roleName = 'r-role';
  const request = { roleName, assumeRolePolicyDocument: trustOf(server.account), description: 'd' };
  const created = await admin.createRole(new ram.CreateRoleRequest(request));
  expect(created.body?.role).toMatchObject({
    roleName,
    description: 'd',
    maxSessionDuration: 3600,
    arn: `acs:ram::${server.account}:role/r-role`,
    assumeRolePolicyDocument: request.assumeRolePolicyDocument,
  });
  const updated = await admin.updateRole(new ram.UpdateRoleRequest({ roleName, newMaxSessionDuration: 7200 }));
  expect(updated.body?.role).toMatchObject({ maxSessionDuration: 7200, description: 'd' });
  const listed = await admin.listRoles(new ram.ListRolesRequest({}));
  expect(listed.body?.roles?.role?.map((role) => role.roleName)).toContain(roleName);
  await admin.deleteRole(new ram.DeleteRoleRequest({ roleName }));
  await expect(admin.getRole(new ram.GetRoleRequest({ roleName }))).rejects.toMatchObject({
    code: 'EntityNotExist.Role',
  });
});

describe('errors', () => {
  test.each([
    [400, 'MissingUserName', 'CreateUser', {}],
    [400, 'InvalidParameter.UserName.InvalidChars', 'CreateUser', { UserName: 'a b' }],
    [400, 'InvalidParameter.UserName.Length', 'CreateUser', { UserName: 'a'.repeat(65) }],
    [400, 'InvalidParameter.NewUserName.InvalidChars', 'UpdateUser', { UserName: 'x-user', NewUserName: 'a b' }],
    [400, 'InvalidParameter.Email.Format', 'CreateUser', { UserName: 'x-other', Email: 'nowhere' }],
    [409, 'EntityAlreadyExists.User', 'CreateUser', { UserName: 'x-user' }],
    [404, 'EntityNotExist.User', 'GetUser', { UserName: 'x-nobody' }],
    [404, 'EntityNotExist.User.AccessKey', 'DeleteAccessKey', { UserName: 'x-user', UserAccessKeyId: 'LTAInone' }],
    [404, 'EntityNotExist.Policy', 'GetPolicy', { PolicyName: 'none', PolicyType: 'System' }],
    [400, 'InvalidParameter', 'GetPolicy', { PolicyName: 'none', PolicyType: 'Mine' }],
    [400, 'MalformedPolicyDocument', 'CreatePolicy', { PolicyName: 'x-policy', PolicyDocument: '{"Version":"1"}' }],
    [400, 'MalformedPolicyDocument', 'CreateRole', { RoleName: 'x-role', AssumeRolePolicyDocument: ALLOW_LIST }],
    [
      400,
      'InvalidParameter.PolicyDocument.Length',
      'CreatePolicy',
      { PolicyName: 'x-policy', PolicyDocument: ALLOW_LIST.padEnd(6145) },
    ],
    [
      400,
      'InvalidParameter.NotSupport',
      'AttachPolicyToUser',
      { PolicyName: 'AdministratorAccess', PolicyType: 'System', UserName: 'x-user', ResourceGroupId: 'rg-1' },
    ],
    [404, 'InvalidAction.NotFound', 'ListSmartJobs', {}],
  ])('HTTP %i %s: %s %o', async (status, code, action, parameters) => {
    await rawCall(server, 'CreateUser', { Version: '2015-05-01', UserName: 'x-user' });
    const answer = await rawCall(server, action, { Version: '2015-05-01', ...parameters });
    expect([answer.status, json(answer).Code]).toEqual([status, code]);
  });

  test('say where in a policy the mistake is', async () => {
    const broken = policyDocument('Allow', 'ice:List*').replace('Allow', 'Alow');
    await expect(
      admin.createPolicy(new ram.CreatePolicyRequest({ policyName: 'x-policy', policyDocument: broken })),
    ).rejects.toMatchObject({ message: expect.stringContaining('Statement[0].Effect') });
  });

  test('of a version name what is served', async () => {
    const unknown = json(await rawCall(server, 'CreateUser', { Version: '2014-01-01' }));
    expect(unknown).toMatchObject({
      Code: 'InvalidVersion',
      Message: expect.stringContaining('2020-11-09 (ICE), 2015-05-01 (RAM), 2015-04-01 (STS)'),
    });
    const sts = json(await rawCall(server, 'CreateUser', { Version: '2015-04-01' }));
    expect(sts).toMatchObject({
      Code: 'InvalidAction.NotFound',
      Message: expect.stringContaining('AssumeRole, GetCallerIdentity'),
    });
  });
});

test('XML lists users as repeated elements', async () => {
  const { text } = await rawCall(server, 'ListUsers', { Version: '2015-05-01', Format: 'XML', MaxItems: '2' });
  expect(text).toMatch(/<Users><User>.*<\/User><User>.*<\/User><\/Users>/);
});
