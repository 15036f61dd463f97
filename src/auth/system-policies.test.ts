import { describe, expect, test } from 'vitest';
import { compilePolicy } from './policy/compile-policy.ts';
import { evaluate } from './policy/evaluate.ts';
import { parsePolicy } from './policy/parse-policy.ts';
import { SYSTEM_POLICIES, systemPolicy } from './system-policies.ts';

function allows(name: string, action: string): boolean {
  const parsed = parsePolicy(systemPolicy(name)?.document ?? '');
  if (parsed.kind === 'invalid') throw new Error(parsed.problems[0]?.message);
  const identity = [compilePolicy(parsed.policy, name)];
  return evaluate({ identity }, { action, resource: '*', context: {} }).kind === 'allowed';
}

describe('system policies', () => {
  test('are listed by name, each once', () => {
    const names = SYSTEM_POLICIES.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)].toSorted());
  });

  test('are absent by any other name', () => {
    expect(systemPolicy('administratoraccess')).toBeUndefined();
    expect(systemPolicy('__proto__')).toBeUndefined();
  });

  test.each([
    { name: 'AdministratorAccess', yes: ['ice:DeleteSmartJob', 'ram:CreateUser', 'sts:AssumeRole'], no: [] },
    { name: 'AliyunICEFullAccess', yes: ['ice:SubmitASRJob', 'ice:ListSmartJobs'], no: ['ram:GetUser'] },
    {
      name: 'AliyunICEReadOnlyAccess',
      yes: ['ice:ListSmartJobs', 'ice:GetSmartHandleJob'],
      no: ['ice:SubmitASRJob', 'ice:DeleteSmartJob', 'ice:CancelSmartJob', 'ice:RetrySmartJob', 'ram:GetUser'],
    },
    { name: 'AliyunRAMFullAccess', yes: ['ram:CreateUser', 'ram:ListUsers'], no: ['ice:ListSmartJobs'] },
    { name: 'AliyunRAMReadOnlyAccess', yes: ['ram:GetUser', 'ram:ListUsers'], no: ['ram:CreateAccessKey'] },
    { name: 'AliyunSTSAssumeRoleAccess', yes: ['sts:AssumeRole'], no: ['ram:GetRole', 'ice:ListSmartJobs'] },
  ])('$name allows what its name says, and nothing else', ({ name, yes, no }) => {
    expect(yes.map((action) => allows(name, action))).toEqual(yes.map(() => true));
    expect(no.map((action) => allows(name, action))).toEqual(no.map(() => false));
  });
});
