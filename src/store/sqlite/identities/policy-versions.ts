import type { PolicyRef, PolicyVersion, VersionDraft } from '../../../auth/identities.ts';
import {
  deleteConflict,
  DONE,
  done,
  notExist,
  quoted,
  type IdentityOutcome,
  type IdentityRefusal,
} from '../../../auth/identity-outcome.ts';
import { SYSTEM_POLICIES_SINCE, systemPolicy } from '../../../auth/system-policies.ts';
import type { AccountId } from '../../../jobs/account.ts';
import type { Statements } from '../statements.ts';
import { policyNumbers, type PolicyNumbers } from './policy-rows.ts';

const MOST_VERSIONS = 5;

const INSERT = 'INSERT INTO ram_policy_version (policy, version, document, created_at) VALUES (?, ?, ?, ?)';
const ADDED = 'UPDATE ram_policy SET last_version = ?, default_version = ?, updated_at = ? WHERE number = ?';
const COUNT = 'SELECT count(*) AS count FROM ram_policy_version WHERE policy = ?';
const OLDEST_OTHER = 'SELECT min(version) AS version FROM ram_policy_version WHERE policy = ? AND version <> ?';
const DELETE = 'DELETE FROM ram_policy_version WHERE policy = ? AND version = ?';
const SET_DEFAULT = 'UPDATE ram_policy SET default_version = ?, updated_at = ? WHERE number = ?';
const VERSIONS =
  "SELECT 'v' || version AS id, document, v.created_at AS createdAt, version = default_version AS isDefault " +
  'FROM ram_policy_version v JOIN ram_policy ON number = policy WHERE policy = ?';
const ALL = `${VERSIONS} ORDER BY version`;
const ONE = `${VERSIONS} AND version = ?`;

type VersionRow = Omit<PolicyVersion, 'isDefault'> & { readonly isDefault: number };

/** One of the versions of a custom policy. */
export type VersionPlace = { readonly account: AccountId; readonly name: string; readonly versionId: string };

export function addVersion(
  statements: Statements,
  { account, name, draft }: { account: AccountId; name: string; draft: VersionDraft },
  now: number,
): IdentityOutcome<PolicyVersion> {
  const policy = policyNumbers(statements, account, name);
  if (policy === undefined) return policyNotExist(name);
  const { count } = statements.get(COUNT, policy.number) as { count: number };
  if (count >= MOST_VERSIONS) {
    if (!draft.rotate) {
      const message = `A policy can have ${MOST_VERSIONS} versions. Delete one first, or ask for rotation.`;
      return { kind: 'limit-exceeded', entity: 'Policy.Version', message };
    }
    deleteOldestOther(statements, policy);
  }
  const version = policy.lastVersion + 1;
  insertVersion(statements, policy.number, version, draft.document, now);
  statements.run(ADDED, version, draft.setAsDefault ? version : policy.defaultVersion, now, policy.number);
  return done({ id: `v${version}`, isDefault: draft.setAsDefault, document: draft.document, createdAt: now });
}

export function insertVersion(
  statements: Statements,
  policyNumber: number,
  version: number,
  document: string,
  now: number,
): void {
  statements.run(INSERT, policyNumber, version, document, now);
}

export function versionsOf(
  statements: Statements,
  account: AccountId,
  { type, name }: PolicyRef,
): IdentityOutcome<readonly PolicyVersion[]> {
  if (type === 'System') {
    const version = systemVersion(name);
    return version === undefined ? notExist('Policy', name) : done([version]);
  }
  const policy = policyNumbers(statements, account, name);
  if (policy === undefined) return notExist('Policy', name);
  return done((statements.all(ALL, policy.number) as VersionRow[]).map(versionFromRow));
}

export function versionOf(
  statements: Statements,
  account: AccountId,
  { type, name }: PolicyRef,
  versionId: string,
): IdentityOutcome<PolicyVersion> {
  if (type === 'System') {
    const version = systemVersion(name);
    if (version === undefined) return notExist('Policy', name);
    return version.id === versionId ? done(version) : versionNotExist(name, versionId);
  }
  const policy = policyNumbers(statements, account, name);
  if (policy === undefined) return notExist('Policy', name);
  const row = statements.get(ONE, policy.number, versionNumber(versionId)) as VersionRow | undefined;
  return row === undefined ? versionNotExist(name, versionId) : done(versionFromRow(row));
}

export function setDefaultVersion(statements: Statements, place: VersionPlace, now: number): IdentityOutcome {
  const found = findVersion(statements, place);
  if (found.kind !== 'done') return found;
  statements.run(SET_DEFAULT, found.value.version, now, found.value.policy.number);
  return DONE;
}

export function deleteVersion(statements: Statements, place: VersionPlace): IdentityOutcome {
  const found = findVersion(statements, place);
  if (found.kind !== 'done') return found;
  const { policy, version } = found.value;
  if (version === policy.defaultVersion) {
    const message = `${place.versionId} is the default version. Make another one the default first.`;
    return deleteConflict('Policy.Version.Default', message);
  }
  statements.run(DELETE, policy.number, version);
  return DONE;
}

/** For calls that only custom policies take. */
export function policyNotExist(name: string): IdentityRefusal {
  if (systemPolicy(name) === undefined) return notExist('Policy', name);
  const message = `There is no custom policy ${quoted(name)}: it is a system policy, and those cannot be changed.`;
  return { kind: 'entity-not-exist', entity: 'Policy', message };
}

function findVersion(
  statements: Statements,
  { account, name, versionId }: VersionPlace,
): IdentityOutcome<{ policy: PolicyNumbers; version: number }> {
  const policy = policyNumbers(statements, account, name);
  if (policy === undefined) return policyNotExist(name);
  const version = versionNumber(versionId);
  if (statements.get(ONE, policy.number, version) === undefined) return versionNotExist(name, versionId);
  return done({ policy, version });
}

function deleteOldestOther(statements: Statements, { number, defaultVersion }: PolicyNumbers): void {
  const { version } = statements.get(OLDEST_OTHER, number, defaultVersion) as { version: number };
  statements.run(DELETE, number, version);
}

function systemVersion(name: string): PolicyVersion | undefined {
  const policy = systemPolicy(name);
  return policy && { id: 'v1', isDefault: true, document: policy.document, createdAt: SYSTEM_POLICIES_SINCE };
}

/** 0, which no version has, for what is no version id. */
function versionNumber(versionId: string): number {
  return /^v[1-9]\d{0,8}$/.test(versionId) ? Number(versionId.slice(1)) : 0;
}

function versionFromRow({ isDefault, ...row }: VersionRow): PolicyVersion {
  return { ...row, isDefault: isDefault === 1 };
}

function versionNotExist(name: string, versionId: string): IdentityRefusal {
  const message = `The policy ${quoted(name)} has no version ${quoted(versionId)}. Versions are v1, v2 and so on.`;
  return { kind: 'entity-not-exist', entity: 'Policy.Version', message };
}
