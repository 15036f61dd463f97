import type {
  AttachedPolicy,
  Holder,
  Page,
  PageQuery,
  Policy,
  PolicyDraft,
  PolicyHolders,
  PolicyRef,
  PolicyStore,
  PolicyType,
  PolicyVersion,
  VersionDraft,
} from '../../../auth/identities.ts';
import { done, notExist, type IdentityOutcome } from '../../../auth/identity-outcome.ts';
import { checkPolicy } from '../../../auth/identity-rules.ts';
import type { AccountId } from '../../../jobs/account.ts';
import { attachPolicy, detachPolicy, holdersOf, policiesAttachedTo } from './attachments.ts';
import { createPolicy, deletePolicy, describePolicy } from './custom-policies.ts';
import type { IdentityDatabase } from './identity-database.ts';
import { pageOfPolicies } from './policy-list.ts';
import { findPolicy } from './policy-rows.ts';
import { addVersion, deleteVersion, setDefaultVersion, versionOf, versionsOf } from './policy-versions.ts';

export class SqlitePolicies implements PolicyStore {
  readonly #database: IdentityDatabase;

  constructor(database: IdentityDatabase) {
    this.#database = database;
  }

  async create(account: AccountId, draft: PolicyDraft): Promise<IdentityOutcome<Policy>> {
    const { statements } = this.#database;
    return (
      checkPolicy(draft) ?? this.#database.write(account, (now) => createPolicy(statements, account, draft, now))
    );
  }

  get(account: AccountId, policy: PolicyRef): Promise<IdentityOutcome<Policy>> {
    return this.#database.read(() => {
      const found = findPolicy(this.#database.statements, account, policy);
      return found === undefined ? notExist('Policy', policy.name) : done(found);
    });
  }

  async describe(account: AccountId, name: string, description: string): Promise<IdentityOutcome<Policy>> {
    const { statements } = this.#database;
    return (
      checkPolicy({ description }) ??
      this.#database.write(account, (now) => describePolicy(statements, { account, name, description }, now))
    );
  }

  delete(account: AccountId, name: string): Promise<IdentityOutcome> {
    return this.#database.write(account, () => deletePolicy(this.#database.statements, account, name));
  }

  list(account: AccountId, type: PolicyType | undefined, query: PageQuery): Promise<IdentityOutcome<Page<Policy>>> {
    return this.#database.read(() => pageOfPolicies(this.#database.statements, account, type, query));
  }

  async createVersion(
    account: AccountId,
    name: string,
    draft: VersionDraft,
  ): Promise<IdentityOutcome<PolicyVersion>> {
    const { statements } = this.#database;
    return (
      checkPolicy({ document: draft.document }) ??
      this.#database.write(account, (now) => addVersion(statements, { account, name, draft }, now))
    );
  }

  getVersion(account: AccountId, policy: PolicyRef, versionId: string): Promise<IdentityOutcome<PolicyVersion>> {
    return this.#database.read(() => versionOf(this.#database.statements, account, policy, versionId));
  }

  versions(account: AccountId, policy: PolicyRef): Promise<IdentityOutcome<readonly PolicyVersion[]>> {
    return this.#database.read(() => versionsOf(this.#database.statements, account, policy));
  }

  setDefaultVersion(account: AccountId, name: string, versionId: string): Promise<IdentityOutcome> {
    const { statements } = this.#database;
    return this.#database.write(account, (now) => setDefaultVersion(statements, { account, name, versionId }, now));
  }

  deleteVersion(account: AccountId, name: string, versionId: string): Promise<IdentityOutcome> {
    const { statements } = this.#database;
    return this.#database.write(account, () => deleteVersion(statements, { account, name, versionId }));
  }

  attach(account: AccountId, policy: PolicyRef, holder: Holder): Promise<IdentityOutcome> {
    const { statements } = this.#database;
    return this.#database.write(account, (now) => attachPolicy(statements, { account, policy, holder }, now));
  }

  detach(account: AccountId, policy: PolicyRef, holder: Holder): Promise<IdentityOutcome> {
    const { statements } = this.#database;
    return this.#database.write(account, () => detachPolicy(statements, { account, policy, holder }));
  }

  attachedTo(account: AccountId, holder: Holder): Promise<IdentityOutcome<readonly AttachedPolicy[]>> {
    return this.#database.read(() => policiesAttachedTo(this.#database.statements, account, holder));
  }

  holdersOf(account: AccountId, policy: PolicyRef): Promise<IdentityOutcome<PolicyHolders>> {
    return this.#database.read(() => holdersOf(this.#database.statements, account, policy));
  }
}
