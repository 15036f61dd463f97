/** By what a submit that is repeated finds the job of the first one. */
export const submitTokens = `
-- Gone with its job, or when it has expired.
CREATE TABLE submit_token (
  account INTEGER NOT NULL REFERENCES account (number),
  token TEXT NOT NULL,
  -- Of what was submitted: the parameters themselves stand in the job alone.
  fingerprint TEXT NOT NULL,
  job INTEGER NOT NULL REFERENCES smart_job (key) ON DELETE CASCADE,
  -- Milliseconds since the epoch.
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (account, token)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX submit_token_job ON submit_token (job);
CREATE INDEX submit_token_expires ON submit_token (expires_at);
`;
