/** Libraries of hotwords. */
export const hotwords = `
CREATE TABLE hotword_library (
  -- Grows with creation over all accounts and is never given twice, so that a list can go on behind a deleted one.
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  scenario TEXT NOT NULL CHECK (scenario IN ('ASR', 'StructuredMediaAssets', 'VideoTranslation')),
  -- JSON: an array of LibraryHotword.
  hotwords TEXT NOT NULL,
  -- Milliseconds since the epoch.
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL
) STRICT;
CREATE INDEX hotword_library_account ON hotword_library (account, sequence);
`;
