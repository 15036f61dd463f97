import type { Policy, PolicyRef, PolicyVersion } from '../../auth/identities.ts';
import { wireTime } from '../../base/wire-time.ts';
import type { AnswerField, AnswerObject } from '../../gateway/operation.ts';

export const POLICY_NAME = {
  kind: 'text',
  required: true,
  description: '1 to 128 letters, digits and hyphens.',
} as const;

export const POLICY_TYPE = {
  kind: 'choice',
  allowed: ['System', 'Custom'],
  required: true,
  description: 'System policies are the same in every account.',
} as const;

export const POLICY_DOCUMENT = {
  kind: 'text',
  required: true,
  description: 'The policy as JSON, at most 6144 characters.',
} as const;

export const VERSION_ID = { kind: 'text', required: true, description: '`v1` and up.' } as const;

export function policyRef(values: { readonly PolicyName: string; readonly PolicyType?: string }): PolicyRef {
  return { type: values.PolicyType === 'System' ? 'System' : 'Custom', name: values.PolicyName };
}

/** As an answer to the creation has it. */
export function newPolicyFields(policy: Policy): AnswerObject {
  return {
    PolicyName: policy.name,
    PolicyType: policy.type,
    Description: policy.description,
    DefaultVersion: policy.defaultVersion,
    CreateDate: wireTime(policy.createdAt),
  };
}

export function policyFields(policy: Policy): AnswerObject {
  return {
    ...newPolicyFields(policy),
    UpdateDate: wireTime(policy.updatedAt),
    AttachmentCount: policy.attachmentCount,
  };
}

export function versionFields({ id, isDefault, document, createdAt }: PolicyVersion): AnswerObject {
  return {
    VersionId: id,
    IsDefaultVersion: isDefault,
    PolicyDocument: document,
    CreateDate: wireTime(createdAt),
  };
}

/** @param name of the object or of the array's elements, as `Policy` or `Policies.Policy[]` */
export function newPolicyAnswers(name: string): readonly AnswerField[] {
  return [
    { name: `${name}.PolicyName`, type: 'string', description: 'The name, unique within the type.' },
    { name: `${name}.PolicyType`, type: 'string', description: 'System or Custom.' },
    { name: `${name}.Description`, type: 'string', description: 'As given.' },
    { name: `${name}.DefaultVersion`, type: 'string', description: 'The version that counts.' },
    { name: `${name}.CreateDate`, type: 'string', description: 'UTC.' },
  ];
}

export function policyAnswers(name: string): readonly AnswerField[] {
  return [
    ...newPolicyAnswers(name),
    { name: `${name}.UpdateDate`, type: 'string', description: 'UTC.' },
    { name: `${name}.AttachmentCount`, type: 'number', description: 'How many users, groups and roles have it.' },
  ];
}

export function versionAnswers(name: string): readonly AnswerField[] {
  return [
    { name: `${name}.VersionId`, type: 'string', description: '`v1` and up.' },
    { name: `${name}.IsDefaultVersion`, type: 'boolean', description: 'Whether it is the one that counts.' },
    { name: `${name}.PolicyDocument`, type: 'string', description: 'JSON, as it was given.' },
    { name: `${name}.CreateDate`, type: 'string', description: 'UTC.' },
  ];
}
