import type { Caller } from '../auth/caller.ts';

/** For operations that support all resources only. */
const ALL_RESOURCES: readonly string[] = ['*'];

const PLACE = /\{(\w+)\}/g;

/**
 * What a call is about, as policies name it: the templates of an operation with the values of the call. `{Account}`
 * is that of the caller, `{PolicyOwner}` is `system` for a system policy; any other name is a parameter, which is not
 * checked yet: a value that cannot be names nothing that exists.
 */
export function resourcesOf(
  templates: readonly string[] = ALL_RESOURCES,
  caller: Caller,
  parameters: ReadonlyMap<string, string>,
): readonly string[] {
  if (templates === ALL_RESOURCES) return ALL_RESOURCES;
  return templates.map((template) =>
    template.replaceAll(PLACE, (_place, name: string) => valueOf(name, caller, parameters)),
  );
}

function valueOf(name: string, caller: Caller, parameters: ReadonlyMap<string, string>): string {
  if (name === 'Account') return caller.account;
  if (name === 'PolicyOwner') return parameters.get('PolicyType') === 'System' ? 'system' : caller.account;
  const value = parameters.get(name) ?? '';
  // Users manage their own keys without naming themselves.
  return value === '' && name === 'UserName' && caller.kind === 'user' ? caller.userName : value;
}
