/** What the server itself owns: access keys, and values that are made at its first start. */
export const server = `
CREATE TABLE access_key (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind = 'root'),
  -- Encrypted with the server's master key: checking a signature takes the secret itself, a hash does not do.
  secret_sealed TEXT NOT NULL,
  -- Milliseconds since the epoch.
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX access_key_root ON access_key (account) WHERE kind = 'root';

CREATE TABLE server_fact (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
