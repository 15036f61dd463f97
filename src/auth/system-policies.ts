/** A policy that is the same in every account, and part of the program. */
export type SystemPolicy = {
  readonly name: string;
  readonly description: string;
  readonly document: string;
};

const READ_ONLY = ['Get*', 'List*', 'Query*', 'Describe*', 'Search*', 'BatchGet*'];

/** When they came: what the service tells as their creation, in milliseconds since the epoch. */
export const SYSTEM_POLICIES_SINCE = Date.UTC(2026, 0, 1);

/** In the order of their names. */
export const SYSTEM_POLICIES: readonly SystemPolicy[] = [
  {
    name: 'AdministratorAccess',
    description: 'Every operation of every service.',
    document: allowing('*'),
  },
  {
    name: 'AliyunICEFullAccess',
    description: 'Every operation on smart jobs.',
    document: allowing('ice:*'),
  },
  {
    name: 'AliyunICEReadOnlyAccess',
    description: 'Operations that read smart jobs and change nothing.',
    document: allowing(...READ_ONLY.map((operation) => `ice:${operation}`)),
  },
  {
    name: 'AliyunOSSFullAccess',
    description: 'Every operation on buckets and objects.',
    document: allowing('oss:*'),
  },
  {
    name: 'AliyunOSSReadOnlyAccess',
    description: 'Reading buckets and objects.',
    document: allowing('oss:Get*', 'oss:List*'),
  },
  {
    name: 'AliyunRAMFullAccess',
    description: 'Every operation on users, groups, roles, policies and access keys.',
    document: allowing('ram:*'),
  },
  {
    name: 'AliyunRAMReadOnlyAccess',
    description: 'Operations that read users, groups, roles, policies and access keys, and change nothing.',
    document: allowing('ram:Get*', 'ram:List*'),
  },
  {
    name: 'AliyunSTSAssumeRoleAccess',
    description: 'Assuming the roles that trust the caller.',
    document: allowing('sts:AssumeRole'),
  },
];

const BY_NAME: ReadonlyMap<string, SystemPolicy> = new Map(SYSTEM_POLICIES.map((policy) => [policy.name, policy]));

export function systemPolicy(name: string): SystemPolicy | undefined {
  return BY_NAME.get(name);
}

function allowing(...actions: readonly string[]): string {
  const statement = { Effect: 'Allow', Action: actions.length === 1 ? actions[0] : actions, Resource: '*' };
  return JSON.stringify({ Version: '1', Statement: [statement] });
}
