import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StoredPolicies } from '../../src/auth/policy-source.ts';
import { TEST_TOKEN_KEY } from '../../src/auth/test-requests.ts';
import { ManualClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { Gateway } from '../../src/gateway/gateway.ts';
import { parseAccountId, type AccountId } from '../../src/jobs/account.ts';
import { JobHints } from '../../src/jobs/job-hints.ts';
import { openFolderStore } from '../../src/objects/folder-store.ts';
import { parseObjectAddress } from '../../src/objects/object-address.ts';
import { ALL_OPERATIONS } from '../../src/operations/all-operations.ts';
import { startRpcServer } from '../../src/server/rpc-server.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import {
  createUser,
  policyDocument,
  ram,
  ramClient,
  sts,
  stsClient,
  trustOf,
} from '../support/identity-clients.ts';
import { openApiCoreClient } from '../support/official-clients.ts';

const account = parseAccountId('1234567890123456') as AccountId;
const MINUTE = 60_000;

test('a session of fifteen minutes ends after them, in both schemes', async () => {
  // The clients sign with the real time, and are let in 15 minutes each way: so the server's clock is moved around it.
  const clock = new ManualClock(Date.now() - 14 * MINUTE);
  const folder = await mkdtemp(join(tmpdir(), 'smartjobs-expiry-'));
  const plain = { seal: (_context: string, text: string) => text, open: (_context: string, text: string) => text };
  const store = openSqliteStore({ path: join(folder, 'jobs.db'), clock, seal: plain });
  await store.accessKeys.saveRoot('LTAIroot', 'secret', account);
  const policies = new StoredPolicies(store.identities);
  const shared = { clock, policies, tokenKey: TEST_TOKEN_KEY, diagnosticKey: TEST_TOKEN_KEY };
  const { jobs, identities, hotwords, media } = store;
  const objects = await openFolderStore(join(folder, 'objects'));
  const addressOf = (input: string) => parseObjectAddress(input);
  const pageTokenKey = Buffer.alloc(32);
  const outputs = { linkTo: () => '', forget: async () => undefined };
  const gateway = new Gateway({
    ...shared,
    operations: ALL_OPERATIONS,
    services: {
      ...{ ...shared, jobs, identities, hotwords, media, objects, outputs },
      ...{ hints: new JobHints(), addressOf, pageTokenKey },
    },
    keys: store.accessKeys,
    nonces: { remember: async () => true, stop: () => Promise.resolve() },
    log: silentLogger,
  });
  const server = await startRpcServer({ gateway, isReady: () => true }, { host: '127.0.0.1', port: 0 });
  const root = { host: `127.0.0.1:${server.port}`, accessKeyId: 'LTAIroot', accessKeySecret: 'secret' };

  const assumer = await createUser(root, 'assumer', policyDocument('Allow', 'sts:AssumeRole'));
  const roleName = 'reader';
  const admin = ramClient(root);
  await admin.createRole(new ram.CreateRoleRequest({ roleName, assumeRolePolicyDocument: trustOf(account) }));
  const attachment = { policyName: 'AliyunICEReadOnlyAccess', policyType: 'System', roleName };
  await admin.attachPolicyToRole(new ram.AttachPolicyToRoleRequest(attachment));
  const wanted = { roleArn: `acs:ram::${account}:role/reader`, roleSessionName: 'alice', durationSeconds: 900 };
  const { body } = await stsClient(assumer).assumeRole(new sts.AssumeRoleRequest(wanted));
  const { accessKeyId = '', accessKeySecret = '', securityToken } = body?.credentials ?? {};
  const session = { host: root.host, accessKeyId, accessKeySecret, securityToken };

  for (const scheme of ['V3', 'V1'] as const) {
    clock.advance(Date.now() - clock.now());
    await openApiCoreClient(session, scheme).call('ListSmartJobs', {}, 'GET');
    clock.advance(2 * MINUTE);
    await expect(openApiCoreClient(session, scheme).call('ListSmartJobs', {}, 'GET')).rejects.toMatchObject({
      code: 'InvalidSecurityToken.Expired',
    });
  }
  await server.stop();
  await store.close();
  await rm(folder, { recursive: true });
});
