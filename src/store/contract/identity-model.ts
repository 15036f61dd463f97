import type { Holder, PolicyRef } from '../../auth/identities.ts';

export type HolderKind = Holder['kind'];

/** One call of a history. `name` is of the user, group, role or policy that it is about. */
export type IdentityStep =
  | { readonly kind: 'create' | 'delete'; readonly what: HolderKind | 'policy'; readonly name: string }
  | { readonly kind: 'join' | 'leave'; readonly group: string; readonly user: string }
  | { readonly kind: 'attach' | 'detach'; readonly policy: PolicyRef; readonly holder: Holder }
  | { readonly kind: 'create-key' | 'delete-key'; readonly user: string };

const ENTITIES = { user: 'User', group: 'Group', role: 'Role', policy: 'Policy' } as const;

/** What an identity store should do, as plain sets. It answers with the summary of the outcome. */
export class IdentityModel {
  /** `user u1`, `group g1`, `role r1`, `policy p1` */
  readonly things = new Set<string>();
  /** `g1 u1` */
  readonly members = new Set<string>();
  /** `Custom p1 user u1` */
  readonly attachments = new Set<string>();
  readonly keys = new Map<string, number>();

  take(step: IdentityStep): string {
    switch (step.kind) {
      case 'create':
        return add(this.things, `${step.what} ${step.name}`) ? 'done' : `entity-exists ${ENTITIES[step.what]}`;
      case 'delete':
        return this.#delete(step.what, step.name);
      case 'join':
      case 'leave':
        return this.#missing('group', step.group) ?? this.#missing('user', step.user) ?? this.#move(step);
      case 'attach':
        return this.#attach(step.policy, step.holder);
      case 'detach': {
        const { policy, holder } = step;
        const name = attachmentName(policy, holder);
        const missing = this.#missing(holder.kind, holder.name);
        if (missing !== undefined) return missing;
        return this.attachments.delete(name) ? 'done' : `entity-not-exist ${ENTITIES[holder.kind]}.Policy`;
      }
      case 'create-key':
      case 'delete-key':
        return this.#missing('user', step.user) ?? this.#changeKeys(step.user, step.kind === 'create-key' ? 1 : -1);
    }
  }

  /** The policies that decide about a user, by `<type>/<name>`, in their order. */
  policiesOfUser(user: string): string[] {
    const groups = [...this.members].filter((name) => name.endsWith(` ${user}`)).map((name) => name.split(' ')[0]);
    const holders = [`user ${user}`, ...groups.map((group) => `group ${group}`)];
    const names = [...this.attachments].filter((name) => holders.some((holder) => name.endsWith(` ${holder}`)));
    return [...new Set(names.map((name) => name.split(' ').slice(0, 2).join('/')))].toSorted();
  }

  #missing(what: HolderKind | 'policy', name: string): string | undefined {
    return this.things.has(`${what} ${name}`) ? undefined : `entity-not-exist ${ENTITIES[what]}`;
  }

  #move({ kind, group, user }: Extract<IdentityStep, { readonly group: string }>): string {
    const name = `${group} ${user}`;
    if (kind === 'join') return add(this.members, name) ? 'done' : 'entity-exists User.Group';
    return this.members.delete(name) ? 'done' : 'entity-not-exist User.Group';
  }

  #attach(policy: PolicyRef, holder: Holder): string {
    const missing =
      (policy.type === 'Custom' ? this.#missing('policy', policy.name) : undefined) ??
      this.#missing(holder.kind, holder.name);
    if (missing !== undefined) return missing;
    return add(this.attachments, attachmentName(policy, holder))
      ? 'done'
      : `entity-exists ${ENTITIES[holder.kind]}.Policy`;
  }

  #changeKeys(user: string, by: 1 | -1): string {
    const keys = this.keys.get(user) ?? 0;
    if (by === 1 && keys === 2) return 'limit-exceeded User.AccessKey';
    if (by === -1 && keys === 0) return 'entity-not-exist User.AccessKey';
    this.keys.set(user, keys + by);
    return 'done';
  }

  #delete(what: HolderKind | 'policy', name: string): string {
    const missing = this.#missing(what, name);
    if (missing !== undefined) return missing;
    const conflict = what === 'policy' ? this.#policyConflict(name) : this.#holderConflict(what, name);
    if (conflict !== undefined) return `delete-conflict ${conflict}`;
    this.things.delete(`${what} ${name}`);
    return 'done';
  }

  #policyConflict(name: string): string | undefined {
    const holder = (['user', 'group', 'role'] as const).find((kind) =>
      [...this.attachments].some((attachment) => attachment.startsWith(`Custom ${name} ${kind} `)),
    );
    return holder && `Policy.${ENTITIES[holder]}`;
  }

  #holderConflict(what: HolderKind, name: string): string | undefined {
    const members = [...this.members];
    if (what === 'user' && (this.keys.get(name) ?? 0) > 0) return 'User.AccessKey';
    if (what === 'user' && members.some((member) => member.endsWith(` ${name}`))) return 'User.Group';
    if (what === 'group' && members.some((member) => member.startsWith(`${name} `))) return 'Group.User';
    const attached = [...this.attachments].some((attachment) => attachment.endsWith(` ${what} ${name}`));
    return attached ? `${ENTITIES[what]}.Policy` : undefined;
  }
}

function attachmentName(policy: PolicyRef, holder: Holder): string {
  return `${policy.type} ${policy.name} ${holder.kind} ${holder.name}`;
}

/** Whether it was not in the set before. */
function add(set: Set<string>, name: string): boolean {
  const { size } = set;
  return set.add(name).size > size;
}
