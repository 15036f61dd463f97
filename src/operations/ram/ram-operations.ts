import type { AnyOperation } from '../../gateway/operation.ts';
import type { OperationServices } from '../services.ts';
import { addUserToGroup } from './add-user-to-group.ts';
import {
  attachPolicyToGroup,
  attachPolicyToRole,
  attachPolicyToUser,
  detachPolicyFromGroup,
  detachPolicyFromRole,
  detachPolicyFromUser,
} from './attach-policy.ts';
import { createAccessKey } from './create-access-key.ts';
import { createGroup } from './create-group.ts';
import { createPolicyVersion } from './create-policy-version.ts';
import { createPolicy } from './create-policy.ts';
import { createRole } from './create-role.ts';
import { createUser } from './create-user.ts';
import { decodeDiagnosticMessage } from './decode-diagnostic-message.ts';
import { deleteAccessKey } from './delete-access-key.ts';
import { deleteGroup } from './delete-group.ts';
import { deletePolicyVersion } from './delete-policy-version.ts';
import { deletePolicy } from './delete-policy.ts';
import { deleteRole } from './delete-role.ts';
import { deleteUser } from './delete-user.ts';
import { getAccessKeyLastUsed } from './get-access-key-last-used.ts';
import { getGroup } from './get-group.ts';
import { getPolicyVersion } from './get-policy-version.ts';
import { getPolicy } from './get-policy.ts';
import { getRole } from './get-role.ts';
import { getUser } from './get-user.ts';
import { listAccessKeys } from './list-access-keys.ts';
import { listEntitiesForPolicy } from './list-entities-for-policy.ts';
import { listGroupsForUser } from './list-groups-for-user.ts';
import { listGroups } from './list-groups.ts';
import { listPoliciesForGroup, listPoliciesForRole, listPoliciesForUser } from './list-policies-for.ts';
import { listPolicies } from './list-policies.ts';
import { listPolicyVersions } from './list-policy-versions.ts';
import { listRoles } from './list-roles.ts';
import { listUsersForGroup } from './list-users-for-group.ts';
import { listUsers } from './list-users.ts';
import { removeUserFromGroup } from './remove-user-from-group.ts';
import { setDefaultPolicyVersion } from './set-default-policy-version.ts';
import { simulatePolicy } from './simulate-policy.ts';
import { updateAccessKey } from './update-access-key.ts';
import { updateGroup } from './update-group.ts';
import { updatePolicyDescription } from './update-policy-description.ts';
import { updateRole } from './update-role.ts';
import { updateUser } from './update-user.ts';

/** Users, keys, groups, policies, attachments, roles, diagnosis: in the order of the reference docs. */
export const RAM_OPERATIONS: readonly AnyOperation<OperationServices>[] = [
  createUser,
  getUser,
  updateUser,
  deleteUser,
  listUsers,
  createAccessKey,
  listAccessKeys,
  updateAccessKey,
  deleteAccessKey,
  getAccessKeyLastUsed,
  createGroup,
  getGroup,
  updateGroup,
  deleteGroup,
  listGroups,
  addUserToGroup,
  removeUserFromGroup,
  listUsersForGroup,
  listGroupsForUser,
  createPolicy,
  getPolicy,
  updatePolicyDescription,
  deletePolicy,
  listPolicies,
  createPolicyVersion,
  getPolicyVersion,
  listPolicyVersions,
  setDefaultPolicyVersion,
  deletePolicyVersion,
  attachPolicyToUser,
  attachPolicyToGroup,
  attachPolicyToRole,
  detachPolicyFromUser,
  detachPolicyFromGroup,
  detachPolicyFromRole,
  listPoliciesForUser,
  listPoliciesForGroup,
  listPoliciesForRole,
  listEntitiesForPolicy,
  createRole,
  getRole,
  updateRole,
  deleteRole,
  listRoles,
  decodeDiagnosticMessage,
  simulatePolicy,
];
