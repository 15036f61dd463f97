import { createRequire } from 'node:module';
import type { Credentials } from './official-clients.ts';

// The official packages are CommonJS, made for require: so they are loaded as their users load them.
const require = createRequire(import.meta.url);
const { $OpenApiUtil } = require('@alicloud/openapi-core') as typeof import('@alicloud/openapi-core');
const ram = require('@alicloud/ram20150501') as typeof import('@alicloud/ram20150501');
const sts = require('@alicloud/sts20150401') as typeof import('@alicloud/sts20150401');

export { ram, sts };

function configOf(key: Credentials, scheme: 'V3' | 'V1') {
  return new $OpenApiUtil.Config({
    accessKeyId: key.accessKeyId,
    accessKeySecret: key.accessKeySecret,
    securityToken: key.securityToken,
    endpoint: key.host,
    protocol: 'http',
    signatureAlgorithm: scheme === 'V1' ? 'v2' : undefined,
  });
}

export function ramClient(key: Credentials, scheme: 'V3' | 'V1' = 'V3') {
  return new ram.default(configOf(key, scheme));
}

export function stsClient(key: Credentials, scheme: 'V3' | 'V1' = 'V3') {
  return new sts.default(configOf(key, scheme));
}

/** A policy with one statement, as JSON. */
export function policyDocument(
  Effect: 'Allow' | 'Deny',
  Action: string | readonly string[],
  Resource = '*',
): string {
  return JSON.stringify({ Version: '1', Statement: [{ Effect, Action, Resource }] });
}

/** A trust policy for everybody of an account who may call AssumeRole. */
export function trustOf(account: string): string {
  const Principal = { RAM: [`acs:ram::${account}:root`] };
  return JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }] });
}

/** A user with a key of its own and, where documents are given, a policy for each. */
export async function createUser(
  root: Credentials,
  userName: string,
  ...documents: readonly string[]
): Promise<Credentials> {
  const client = ramClient(root);
  await client.createUser(new ram.CreateUserRequest({ userName }));
  for (const [index, policyDocumentText] of documents.entries()) {
    const policyName = `${userName}-${index}`;
    await client.createPolicy(new ram.CreatePolicyRequest({ policyName, policyDocument: policyDocumentText }));
    await client.attachPolicyToUser(
      new ram.AttachPolicyToUserRequest({ policyName, policyType: 'Custom', userName }),
    );
  }
  const created = await client.createAccessKey(new ram.CreateAccessKeyRequest({ userName }));
  const { accessKeyId = '', accessKeySecret = '' } = created.body?.accessKey ?? {};
  return { host: root.host, accessKeyId, accessKeySecret };
}
