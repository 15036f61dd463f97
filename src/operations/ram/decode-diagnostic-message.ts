import { decodeDiagnosis, type Diagnosis } from '../../auth/diagnostic-message.ts';
import { refuse } from '../../gateway/api-error.ts';
import { answer, type AnswerObject } from '../../gateway/operation.ts';
import { matchedPolicies, matchedPolicyAnswers } from './matched-policies.ts';
import { ramOperation } from './ram-operation.ts';

const DECODED = 'DecodedDiagnosticMessage';

export const decodeDiagnosticMessage = ramOperation({
  action: 'DecodeDiagnosticMessage',
  summary: 'Says why a request of the account was refused with NoPermission, down to the statement that decided.',
  parameters: {
    EncodedDiagnosticMessage: {
      kind: 'text',
      required: true,
      maxBytes: 16_384,
      description: 'From the AccessDeniedDetail of the refusal. Only the account of its caller can decode it.',
    },
  },
  answers: [
    { name: DECODED, type: 'object', description: 'What was decided, and why.' },
    {
      name: `${DECODED}.ExplicitDeny`,
      type: 'boolean',
      description: 'A statement denies it; else none allows it.',
    },
    {
      name: `${DECODED}.NoPermissionPolicyType`,
      type: 'string',
      description: 'AccountLevelIdentityBasedPolicy, SessionPolicy or AssumeRolePolicy.',
    },
    { name: `${DECODED}.AuthAction`, type: 'string', description: 'As policies name it: `ice:ListSmartJobs`.' },
    { name: `${DECODED}.AuthResource`, type: 'string', description: 'An ARN, or `*`.' },
    {
      name: `${DECODED}.AuthPrincipal`,
      type: 'object',
      description: '`{AuthPrincipalOwnerId, AuthPrincipalType, AuthPrincipalDisplayName}`.',
    },
    {
      name: `${DECODED}.AuthConditions`,
      type: 'array',
      description: '`{ConditionKey, ConditionValues}` of the request.',
    },
    ...matchedPolicyAnswers(`${DECODED}.MatchedPolicies`),
  ],

  async handle({ caller, values }, { diagnosticKey }) {
    const diagnosis = decodeDiagnosis(diagnosticKey, caller.account, values.EncodedDiagnosticMessage);
    if (diagnosis !== undefined) return answer({ [DECODED]: fieldsOf(diagnosis) });
    return refuse(
      'InvalidParameter.EncodedDiagnosticMessage',
      "'EncodedDiagnosticMessage' is invalid: it is damaged, was not given by this server, or to another account.",
    );
  },
});

function fieldsOf({ principal, action, resource, context, type, policyType, by }: Diagnosis): AnswerObject {
  return {
    ExplicitDeny: type === 'ExplicitDeny',
    NoPermissionPolicyType: policyType,
    AuthAction: action,
    AuthResource: resource,
    AuthPrincipal: principal,
    AuthConditions: Object.entries(context)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => ({ ConditionKey: key, ConditionValues: [value ?? ''] })),
    MatchedPolicies: matchedPolicies('Deny', by),
  };
}
