/** Media ids and what they stand for. */
export const media = `
CREATE TABLE media (
  -- Grows with registration over all accounts and is never given twice, so that a list can go on behind a deleted one.
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL,
  input_url TEXT NOT NULL,
  -- The one spelling of input_url. Not unique: several jobs may write one object.
  address TEXT NOT NULL,
  media_type TEXT NOT NULL CHECK (media_type IN ('', 'image', 'video', 'audio', 'text')),
  business_type TEXT NOT NULL
    CHECK (business_type IN ('subtitles', 'font', 'watermark', 'opening', 'ending', 'general')),
  origin TEXT NOT NULL CHECK (origin IN ('oss', 'vod', 'live', 'general')),
  status TEXT NOT NULL CHECK (status IN ('Init', 'Preparing', 'PrepareFail', 'Normal')),
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  tags TEXT NOT NULL,
  cover_url TEXT NOT NULL,
  category_id INTEGER,
  reference_id TEXT NOT NULL,
  user_data TEXT NOT NULL,
  client_token TEXT NOT NULL,
  -- Seconds.
  duration REAL CHECK (duration >= 0),
  -- Milliseconds since the epoch.
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL
) STRICT;
-- Everything that lists filter by, so that counting reads nothing else.
CREATE INDEX media_account ON media (account, sequence, created_at, media_type, business_type, origin, status);
CREATE INDEX media_address ON media (account, address);
CREATE UNIQUE INDEX media_reference ON media (account, reference_id) WHERE reference_id <> '';
CREATE UNIQUE INDEX media_client_token ON media (account, client_token) WHERE client_token <> '';
`;
