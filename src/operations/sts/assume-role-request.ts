import { SESSION_POLICY_LIMIT, parseSessionPolicy } from '../../auth/session-policy.ts';
import { refuse, type Refusal } from '../../gateway/api-error.ts';
import { parseAccountId, type AccountId } from '../../jobs/account.ts';

export type AssumeRoleRequest = {
  readonly kind: 'request';
  /** The account of the role, which may be another than the caller's. */
  readonly account: AccountId;
  readonly roleArn: string;
  readonly roleName: string;
  readonly sessionName: string;
  readonly durationSeconds: number;
  /** JSON, or '' for none. */
  readonly sessionPolicy: string;
  /** Empty where none was sent. */
  readonly externalId: string;
};

type Values = Readonly<Record<'RoleArn' | 'RoleSessionName' | 'DurationSeconds' | 'Policy' | 'ExternalId', string>>;

const SHORTEST_SECONDS = 900;
const DEFAULT_SECONDS = 3600;
const ARN = /^acs:ram::(\d{16}):role\/([A-Za-z0-9.-]{1,64})$/;

/** Reads the parameters of AssumeRole; each has an error of its own. */
export function readAssumeRole(values: Values): AssumeRoleRequest | Refusal {
  const [, digits = '', roleName = ''] = ARN.exec(values.RoleArn) ?? [];
  const account = parseAccountId(digits);
  if (account === undefined) {
    return invalid('RoleArn', 'its form is acs:ram::<account>:role/<role name>, with an account of 16 digits');
  }
  if (!/^[A-Za-z0-9.@_-]{2,64}$/.test(values.RoleSessionName)) {
    return invalid('RoleSessionName', 'it must be 2 to 64 letters, digits, periods, @, hyphens and underscores');
  }
  if (values.ExternalId !== '' && !/^[\w+=,.@:/-]{2,1224}$/.test(values.ExternalId)) {
    return invalid('ExternalId', 'it must be 2 to 1224 letters, digits and = , . @ : / - _ +');
  }
  const durationSeconds = values.DurationSeconds === '' ? DEFAULT_SECONDS : Number(values.DurationSeconds);
  if (!/^\d{0,6}$/.test(values.DurationSeconds) || durationSeconds < SHORTEST_SECONDS) {
    return refuseDuration(values.DurationSeconds, 'the MaxSessionDuration of the role');
  }
  const badPolicy = policyProblem(values.Policy);
  if (badPolicy !== undefined) return badPolicy;
  return {
    kind: 'request',
    account,
    roleArn: values.RoleArn,
    roleName,
    sessionName: values.RoleSessionName,
    durationSeconds,
    sessionPolicy: values.Policy,
    externalId: values.ExternalId,
  };
}

/** @param longest in words or seconds */
export function refuseDuration(given: string, longest: string): Refusal {
  return invalid(
    'DurationSeconds',
    `it must be a whole number from ${SHORTEST_SECONDS} to ${longest}, not '${given.slice(0, 16)}'`,
  );
}

function policyProblem(text: string): Refusal | undefined {
  if (text === '') return undefined;
  if (text.length > SESSION_POLICY_LIMIT) {
    const message = `The policy of a session can have ${SESSION_POLICY_LIMIT} characters; this one has ${text.length}.`;
    return refuse('InvalidParameter.PolicySize', message);
  }
  const parsed = parseSessionPolicy(text);
  if (parsed.kind === 'policy') return undefined;
  const places = parsed.problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  const message = `The parameter Policy has not passed grammar check. ${places.join(' ')}`;
  return refuse('InvalidParameter.PolicyGrammar', message);
}

function invalid(field: string, rule: string): Refusal {
  return refuse(`InvalidParameter.${field}`, `The parameter ${field} is wrongly formed: ${rule}.`);
}
