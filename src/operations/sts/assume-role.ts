import type { Denial } from '../../auth/authorize.ts';
import type { Role } from '../../auth/identities.ts';
import { newTemporaryKey } from '../../auth/new-access-key.ts';
import type { ConditionContext } from '../../auth/policy/condition-context.ts';
import { type GovernedCaller } from '../../auth/principal.ts';
import { trustVerdict } from '../../auth/role-trust.ts';
import { sealSecurityToken } from '../../auth/security-token.ts';
import { wireTime } from '../../base/wire-time.ts';
import { refuse, type Refusal } from '../../gateway/api-error.ts';
import { answer, type Answer } from '../../gateway/operation.ts';
import { refusePermission } from '../../gateway/refuse-permission.ts';
import { refuseIdentity } from '../ram/identity-answer.ts';
import { operation, type OperationServices } from '../services.ts';
import { readAssumeRole, refuseDuration, type AssumeRoleRequest } from './assume-role-request.ts';

export const assumeRole = operation({
  product: 'sts',
  action: 'AssumeRole',
  summary: 'Begins a session of a role, for a user or role that the trust policy of the role names.',
  ramAction: 'sts:AssumeRole',
  resources: ['{RoleArn}'],
  parameters: {
    RoleArn: { kind: 'text', required: true, description: '`acs:ram::<account>:role/<name>`.' },
    RoleSessionName: { kind: 'text', required: true, description: '2 to 64 letters, digits, `.`, `@`, `-`, `_`.' },
    DurationSeconds: {
      kind: 'text',
      description: '900 to the MaxSessionDuration of the role; default 3600.',
    },
    Policy: { kind: 'text', description: 'Cuts the session down: JSON, at most 2048 characters.' },
    ExternalId: { kind: 'text', description: 'For the condition key `sts:ExternalId` of the trust policy.' },
    SourceIdentity: { kind: 'ignored', description: 'The session is named by RoleSessionName alone.' },
  },
  answers: [
    { name: 'Credentials', type: 'object', description: 'What the session signs with.' },
    { name: 'Credentials.AccessKeyId', type: 'string', description: 'Begins with `STS.`' },
    { name: 'Credentials.AccessKeySecret', type: 'string', description: 'The secret, never told again.' },
    { name: 'Credentials.SecurityToken', type: 'string', description: 'To be sent with every request.' },
    { name: 'Credentials.Expiration', type: 'string', description: 'UTC, the end of the session.' },
    { name: 'AssumedRoleUser', type: 'object', description: 'The session.' },
    { name: 'AssumedRoleUser.Arn', type: 'string', description: '`acs:ram::<account>:role/<role>/<session>`.' },
    { name: 'AssumedRoleUser.AssumedRoleId', type: 'string', description: '`<role id>:<session>`.' },
  ],

  async handle({ caller, values, context }, services) {
    if (caller.kind === 'root') {
      return refuse('NoPermission', 'Roles may not be assumed by root accounts. Call as a user or a role.');
    }
    const request = readAssumeRole(values);
    if (request.kind === 'refused') return request;
    const role = await trustingRole(request, caller, context, services);
    if (role.kind === 'refused') return role;
    return beginSession(request, role.role, services);
  },
});

type TrustingRole = { readonly kind: 'trusts'; readonly role: Role };

/** The role, where its trust policy lets the caller assume it. A foreign role is not told from one there is not. */
async function trustingRole(
  request: AssumeRoleRequest,
  caller: GovernedCaller,
  context: ConditionContext,
  { identities, diagnosticKey }: OperationServices,
): Promise<TrustingRole | Refusal> {
  const isOwn = request.account === caller.account;
  const asked = request.externalId === '' ? context : { ...context, 'sts:ExternalId': request.externalId };
  const denied = (verdict: Denial['verdict']): Refusal =>
    refusePermission(
      { caller, request: { action: 'sts:AssumeRole', resource: request.roleArn, context: asked }, verdict },
      diagnosticKey,
    );
  const found = await identities.roles.get(request.account, request.roleName);
  if (found.kind !== 'done') return isOwn ? refuseIdentity(found) : denied(NOT_TRUSTED);
  const role = found.value;
  const verdict = trustVerdict(role, caller, asked);
  if (verdict.kind === 'allowed') return { kind: 'trusts', role };
  return denied(isOwn ? verdict : NOT_TRUSTED);
}

const NOT_TRUSTED: Denial['verdict'] = { kind: 'denied', type: 'ImplicitDeny', policyType: 'AssumeRolePolicy' };

function beginSession(
  { account, durationSeconds, sessionName, sessionPolicy }: AssumeRoleRequest,
  { id: roleId, name: roleName, arn, maxSessionSeconds }: Role,
  { clock, tokenKey }: OperationServices,
): Answer | Refusal {
  if (durationSeconds > maxSessionSeconds) {
    return refuseDuration(String(durationSeconds), `${maxSessionSeconds}, the MaxSessionDuration of the role`);
  }
  const { id: accessKeyId, secret } = newTemporaryKey();
  const expiresAt = clock.now() + durationSeconds * 1000;
  const grant = { accessKeyId, secret, account, roleId, roleName, sessionName, sessionPolicy, expiresAt };
  return answer({
    Credentials: {
      AccessKeyId: accessKeyId,
      AccessKeySecret: secret,
      SecurityToken: sealSecurityToken(tokenKey, grant),
      Expiration: wireTime(expiresAt),
    },
    AssumedRoleUser: { Arn: `${arn}/${sessionName}`, AssumedRoleId: `${roleId}:${sessionName}` },
  });
}
