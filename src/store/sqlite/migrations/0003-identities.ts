/** Users, groups, roles, policies, and the access keys of users. */
export const identities = `
-- Ids are random texts, unique over all accounts and kinds of holders. Names are compared by their bytes.
CREATE TABLE ram_user (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  display_name TEXT NOT NULL,
  email TEXT NOT NULL,
  mobile_phone TEXT NOT NULL,
  comments TEXT NOT NULL,
  -- All times are milliseconds since the epoch.
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (account, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE ram_group (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  comments TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (account, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE ram_membership (
  group_id TEXT NOT NULL REFERENCES ram_group (id),
  user_id TEXT NOT NULL REFERENCES ram_user (id),
  joined_at INTEGER NOT NULL,
  PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ram_membership_user ON ram_membership (user_id);

CREATE TABLE ram_role (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  trust_policy TEXT NOT NULL,
  max_session_seconds INTEGER NOT NULL CHECK (max_session_seconds BETWEEN 3600 AND 43200),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (account, name)
) STRICT, WITHOUT ROWID;

-- The custom policies. The system policies are part of the program.
CREATE TABLE ram_policy (
  number INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  default_version INTEGER NOT NULL,
  -- Of the newest version there ever was: numbers are not used again.
  last_version INTEGER NOT NULL CHECK (last_version >= default_version),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (account, name)
) STRICT;

CREATE TABLE ram_policy_version (
  policy INTEGER NOT NULL REFERENCES ram_policy (number) ON DELETE CASCADE,
  version INTEGER NOT NULL CHECK (version >= 1),
  document TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (policy, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE ram_attachment (
  -- A user, group or role.
  holder TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('System', 'Custom')),
  name TEXT NOT NULL,
  account TEXT NOT NULL,
  attached_at INTEGER NOT NULL,
  PRIMARY KEY (holder, type, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX ram_attachment_policy ON ram_attachment (account, type, name);

-- What the store checks before it deletes, once more: a right that outlived its holder would be somebody else's.
CREATE TRIGGER ram_user_attached BEFORE DELETE ON ram_user
WHEN EXISTS (SELECT 1 FROM ram_attachment WHERE holder = OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'policies are attached to the user');
END;

CREATE TRIGGER ram_group_attached BEFORE DELETE ON ram_group
WHEN EXISTS (SELECT 1 FROM ram_attachment WHERE holder = OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'policies are attached to the group');
END;

CREATE TRIGGER ram_role_attached BEFORE DELETE ON ram_role
WHEN EXISTS (SELECT 1 FROM ram_attachment WHERE holder = OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'policies are attached to the role');
END;

CREATE TRIGGER ram_policy_attached BEFORE DELETE ON ram_policy
WHEN EXISTS (SELECT 1 FROM ram_attachment WHERE account = OLD.account AND type = 'Custom' AND name = OLD.name)
BEGIN
  SELECT RAISE(ABORT, 'the policy is attached');
END;

ALTER TABLE access_key RENAME TO root_access_key;

CREATE TABLE access_key (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  -- NULL for the root key of the account.
  user_id TEXT REFERENCES ram_user (id),
  status TEXT NOT NULL CHECK (status IN ('Active', 'Inactive')),
  -- Encrypted with the server's master key: checking a signature takes the secret itself, a hash does not do.
  secret_sealed TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- To a minute.
  last_used_at INTEGER,
  CHECK (user_id IS NOT NULL OR status = 'Active')
) STRICT, WITHOUT ROWID;

INSERT INTO access_key (id, account, status, secret_sealed, created_at)
SELECT id, account, 'Active', secret_sealed, created_at FROM root_access_key;
DROP TABLE root_access_key;

CREATE UNIQUE INDEX access_key_root ON access_key (account) WHERE user_id IS NULL;
CREATE INDEX access_key_user ON access_key (user_id) WHERE user_id IS NOT NULL;
`;
