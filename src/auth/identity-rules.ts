import type { GroupChange, PageQuery, PolicyDraft, RoleChange, RoleDraft, UserChange } from './identities.ts';
import type { InvalidField } from './identity-outcome.ts';
import { parsePolicy, parseTrustPolicy, type ParsedPolicy, type ParsedTrustPolicy } from './policy/parse-policy.ts';
import { IDENTITY_POLICY_CHARACTERS, TRUST_POLICY_CHARACTERS } from './policy/policy-limits.ts';

const COMMENTS_LIMIT = 128;
const DESCRIPTION_LIMIT = 1024;
const EMAIL_LIMIT = 254;

type NameRule = { readonly limit: number; readonly pattern: RegExp; readonly allowed: string };

const USER_NAME: NameRule = {
  limit: 64,
  pattern: /^[A-Za-z0-9._-]+$/,
  allowed: 'letters, digits, periods, hyphens and underscores',
};
const ROLE_NAME: NameRule = {
  limit: 64,
  pattern: /^[A-Za-z0-9.-]+$/,
  allowed: 'letters, digits, periods and hyphens',
};
const POLICY_NAME: NameRule = { limit: 128, pattern: /^[A-Za-z0-9-]+$/, allowed: 'letters, digits and hyphens' };

/** Each check tells the first field that breaks its rule. Absent fields break none, '' empties a text. */
type Check = InvalidField | undefined;

export function checkUser({ name, displayName, comments, email, mobilePhone }: UserChange): Check {
  return (
    checkName('UserName', name, USER_NAME) ??
    checkLength('DisplayName', displayName, COMMENTS_LIMIT) ??
    checkLength('Comments', comments, COMMENTS_LIMIT) ??
    checkForm('Email', email, EMAIL_PATTERN, 'an address such as alice@example.com') ??
    checkLength('Email', email, EMAIL_LIMIT) ??
    checkForm(
      'MobilePhone',
      mobilePhone,
      PHONE_PATTERN,
      'a country code, a hyphen and a number, such as 86-13000000000',
    )
  );
}

const EMAIL_PATTERN = /^[^\s@]+@[^\s@]+$/;
const PHONE_PATTERN = /^\d{1,4}-\d{1,20}$/;

export function checkGroup({ name, comments }: GroupChange): Check {
  return checkName('GroupName', name, USER_NAME) ?? checkLength('Comments', comments, COMMENTS_LIMIT);
}

export function checkRole(role: RoleChange & Partial<Pick<RoleDraft, 'name'>>): Check {
  return (
    checkName('RoleName', role.name, ROLE_NAME) ??
    checkLength('Description', role.description, DESCRIPTION_LIMIT) ??
    checkDocument('AssumeRolePolicyDocument', role.trustPolicy, TRUST_POLICY_CHARACTERS, parseTrustPolicy) ??
    checkRange('MaxSessionDuration', role.maxSessionSeconds, [3600, 43_200], ' seconds')
  );
}

export function checkPolicy({ name, description, document }: Partial<PolicyDraft>): Check {
  return (
    checkName('PolicyName', name, POLICY_NAME) ??
    checkLength('Description', description, DESCRIPTION_LIMIT) ??
    checkDocument('PolicyDocument', document, IDENTITY_POLICY_CHARACTERS, parsePolicy)
  );
}

export function checkPage({ maxItems }: PageQuery): Check {
  return checkRange('MaxItems', maxItems, [1, 1000]);
}

function checkName(field: string, text: string | undefined, { limit, pattern, allowed }: NameRule): Check {
  if (text === undefined) return undefined;
  if (text === '' || text.length > limit) return invalid(field, 'Length', `must be 1 to ${limit} characters long`);
  return pattern.test(text) ? undefined : invalid(field, 'InvalidChars', `may hold only ${allowed}`);
}

function checkLength(field: string, text: string | undefined, limit: number): Check {
  if (text === undefined || text.length <= limit) return undefined;
  return invalid(field, 'Length', `must be at most ${limit} characters long, it has ${text.length}`);
}

/** What is stored is valid: a policy that somebody attached must not turn out to say nothing. */
function checkDocument(
  field: string,
  text: string | undefined,
  limit: number,
  parse: (text: string) => ParsedPolicy | ParsedTrustPolicy,
): Check {
  if (text === undefined) return undefined;
  if (text === '') return invalid(field, 'Length', 'must hold a policy as JSON, it is empty');
  const tooLong = checkLength(field, text, limit);
  if (tooLong !== undefined) return tooLong;
  const parsed = parse(text);
  if (parsed.kind === 'policy') return undefined;
  const told = parsed.problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return {
    kind: 'invalid',
    field,
    rule: 'Malformed',
    message: `${field} is not a valid policy. ${told.join(' ')}`,
  };
}

function checkForm(field: string, text: string | undefined, pattern: RegExp, form: string): Check {
  return !text || pattern.test(text) ? undefined : invalid(field, 'Format', `must be ${form}`);
}

function checkRange(
  field: string,
  value: number | undefined,
  [least, most]: readonly [number, number],
  unit = '',
): Check {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return undefined;
  return invalid(field, 'Range', `must be a whole number from ${least} to ${most}${unit}, it is ${value}`);
}

function invalid(field: string, rule: InvalidField['rule'], broken: string): InvalidField {
  return { kind: 'invalid', field, rule, message: `${field} ${broken}.` };
}
