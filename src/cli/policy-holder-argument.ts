import { usageFailure, type Failure } from './failure.ts';

/** A user, group or role, and how the API names the operations and parameters for its kind. */
export type PolicyHolder = {
  readonly kind: 'holder';
  readonly noun: 'User' | 'Group' | 'Role';
  /** The parameter that names it, and its name. */
  readonly parameters: Readonly<Record<string, string>>;
};

const NOUNS = { user: 'User', group: 'Group', role: 'Role' } as const;

/** Reads `user/NAME`, `group/NAME`, `role/NAME`. */
export function readPolicyHolder(text: string): PolicyHolder | Failure {
  const [, kind, name = ''] = /^(user|group|role)\/(.+)$/.exec(text) ?? [];
  if (kind === undefined) {
    return usageFailure('Usage', `'${text}' is not user/NAME, group/NAME or role/NAME.`);
  }
  const noun = NOUNS[kind as keyof typeof NOUNS];
  return { kind: 'holder', noun, parameters: { [`${noun}Name`]: name } };
}
