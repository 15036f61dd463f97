import type { Group, Joined, User } from '../../../auth/identities.ts';
import type { Statements } from '../statements.ts';
import { GROUP_COLUMNS } from './group-rows.ts';
import { joined } from './joined.ts';
import { USER_COLUMNS } from './user-rows.ts';

const GROUPS_OF =
  `SELECT ${GROUP_COLUMNS}, joined_at AS joinedAt FROM ram_membership ` +
  'JOIN ram_group ON id = group_id WHERE user_id = ? ORDER BY name';
const USERS_OF =
  `SELECT ${USER_COLUMNS}, joined_at AS joinedAt FROM ram_membership ` +
  'JOIN ram_user ON id = user_id WHERE group_id = ? AND name > ? ORDER BY name LIMIT ?';
const ADD = 'INSERT OR IGNORE INTO ram_membership (group_id, user_id, joined_at) VALUES (?, ?, ?)';
const REMOVE = 'DELETE FROM ram_membership WHERE group_id = ? AND user_id = ?';
const HAS_MEMBERS = 'SELECT 1 FROM ram_membership WHERE group_id = ? LIMIT 1';

export function groupsOfUser(statements: Statements, userId: string): Joined<Group>[] {
  return joined<Group>(statements.all(GROUPS_OF, userId));
}

/** Up to so many members whose names come after this one, by name. */
export function usersOfGroup(statements: Statements, groupId: string, after: string, most: number): Joined<User>[] {
  return joined<User>(statements.all(USERS_OF, groupId, after, most));
}

/** Whether the user was not in the group before. */
export function addMember(statements: Statements, groupId: string, userId: string, now: number): boolean {
  return statements.run(ADD, groupId, userId, now) > 0;
}

/** Whether the user was in the group. */
export function removeMember(statements: Statements, groupId: string, userId: string): boolean {
  return statements.run(REMOVE, groupId, userId) > 0;
}

export function hasMembers(statements: Statements, groupId: string): boolean {
  return statements.get(HAS_MEMBERS, groupId) !== undefined;
}
