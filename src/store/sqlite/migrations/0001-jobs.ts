/**
 * The 16 counters, one for each type and state. A statement adds up those that match a filter; a list that is
 * filtered by neither adds up all.
 */
const CELLS = `
  asr_created INTEGER NOT NULL DEFAULT 0,
  asr_executing INTEGER NOT NULL DEFAULT 0,
  asr_finished INTEGER NOT NULL DEFAULT 0,
  asr_failed INTEGER NOT NULL DEFAULT 0,
  dynamic_chart_created INTEGER NOT NULL DEFAULT 0,
  dynamic_chart_executing INTEGER NOT NULL DEFAULT 0,
  dynamic_chart_finished INTEGER NOT NULL DEFAULT 0,
  dynamic_chart_failed INTEGER NOT NULL DEFAULT 0,
  video_translation_created INTEGER NOT NULL DEFAULT 0,
  video_translation_executing INTEGER NOT NULL DEFAULT 0,
  video_translation_finished INTEGER NOT NULL DEFAULT 0,
  video_translation_failed INTEGER NOT NULL DEFAULT 0,
  text_to_speech_created INTEGER NOT NULL DEFAULT 0,
  text_to_speech_executing INTEGER NOT NULL DEFAULT 0,
  text_to_speech_finished INTEGER NOT NULL DEFAULT 0,
  text_to_speech_failed INTEGER NOT NULL DEFAULT 0`;

/** The jobs, their results, and what is counted of them. */
export const jobs = `
CREATE TABLE account (
  -- Short, so that (number, sequence) is one integer: number << 32 | sequence is the key of a job, below 2^53.
  number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 2097151),
  id TEXT NOT NULL UNIQUE,
  -- Of the newest job. Both only rise, also where jobs are deleted.
  last_sequence INTEGER NOT NULL DEFAULT 0 CHECK (last_sequence BETWEEN 0 AND 4294967295),
  last_job_id BLOB CHECK (length(last_job_id) = 16),
  -- When a worker last took a job of this account: a turn that rises by one at each claim, of whatever account.
  last_claim INTEGER NOT NULL DEFAULT 0,
  ${CELLS.trim()},
  waiting INTEGER AS (
    asr_created + dynamic_chart_created + video_translation_created + text_to_speech_created
  )
) STRICT;

-- The next claim looks up its first entry, the one after the next the last entry of the index below.
CREATE INDEX account_waiting ON account (last_claim) WHERE waiting > 0;
CREATE INDEX account_claimed ON account (last_claim);

-- The same counters over blocks of 2^18 and 2^10 keys. They lead to a page of any number.
CREATE TABLE block_18 (block INTEGER PRIMARY KEY, ${CELLS.trim()}) STRICT;
CREATE TABLE block_10 (block INTEGER PRIMARY KEY, ${CELLS.trim()}) STRICT;

CREATE TABLE smart_job (
  -- Rises with creation within the account, so that order by key is order by creation.
  key INTEGER PRIMARY KEY,
  job_id BLOB NOT NULL CHECK (length(job_id) = 16),
  type TEXT NOT NULL CHECK (type IN ('ASR', 'DynamicChart', 'VideoTranslation', 'TextToSpeech')),
  state TEXT NOT NULL CHECK (state IN ('Created', 'Executing', 'Finished', 'Failed')),
  modified_at INTEGER NOT NULL CHECK (modified_at >= 0),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  epoch INTEGER NOT NULL DEFAULT 0 CHECK (epoch >= attempts),
  -- The lease and the progress: present while the job is executing.
  worker TEXT,
  lease_until INTEGER CHECK (lease_until >= 0),
  percent INTEGER CHECK (percent BETWEEN 0 AND 100),
  step TEXT,
  -- Present when it failed.
  failure_code TEXT,
  failure_message TEXT,
  -- The job as ListSmartJobs shows it, ready to be joined to a page. The only copy of what it shows.
  listed TEXT NOT NULL,
  -- JSON of the other parameters of the submit.
  parameters TEXT NOT NULL,
  CHECK ((state = 'Executing') = (worker IS NOT NULL)),
  CHECK ((state = 'Executing') = (lease_until IS NOT NULL)),
  CHECK ((state = 'Executing') = (percent IS NOT NULL)),
  CHECK ((state = 'Executing') = (step IS NOT NULL)),
  CHECK ((state = 'Failed') = (failure_code IS NOT NULL)),
  CHECK ((state = 'Failed') = (failure_message IS NOT NULL)),
  CHECK (state <> 'Executing' OR attempts > 0)
) STRICT;

-- Each of them ends in the key, which SQLite appends: it filters and orders at once.
CREATE UNIQUE INDEX smart_job_id ON smart_job (job_id);
CREATE INDEX smart_job_type ON smart_job (type);
CREATE INDEX smart_job_state ON smart_job (state);
CREATE INDEX smart_job_type_state ON smart_job (type, state);
CREATE INDEX smart_job_lease ON smart_job (lease_until) WHERE lease_until IS NOT NULL;

-- Results lie apart: with 6 KB of result in each row of smart_job, pages took twice as long.
CREATE TABLE job_result (
  key INTEGER PRIMARY KEY REFERENCES smart_job (key) ON DELETE CASCADE,
  ai_result TEXT NOT NULL,
  -- NULL where it is the same text as ai_result, as for every ASR job.
  output TEXT
) STRICT;

CREATE TRIGGER smart_job_begin BEFORE INSERT ON smart_job
WHEN NEW.state <> 'Created'
BEGIN
  SELECT RAISE(ABORT, 'a job begins as Created');
END;

-- The edges of the state machine.
CREATE TRIGGER smart_job_edge BEFORE UPDATE OF state ON smart_job
WHEN NOT (
  (OLD.state = 'Created' AND NEW.state IN ('Executing', 'Failed')) OR
  (OLD.state = 'Executing' AND NEW.state IN ('Executing', 'Created', 'Finished', 'Failed')) OR
  (OLD.state = 'Failed' AND NEW.state = 'Created')
)
BEGIN
  SELECT RAISE(ABORT, 'the state of a job cannot change this way');
END;

-- The epoch is the fence: if it fell, a worker that lost its lease could write again.
CREATE TRIGGER smart_job_fence BEFORE UPDATE OF epoch ON smart_job
WHEN NEW.epoch < OLD.epoch
BEGIN
  SELECT RAISE(ABORT, 'the epoch of a job never falls');
END;

CREATE TRIGGER smart_job_result BEFORE UPDATE OF state ON smart_job
WHEN NEW.state = 'Finished' AND NOT EXISTS (SELECT 1 FROM job_result WHERE key = NEW.key)
BEGIN
  SELECT RAISE(ABORT, 'a job without a result cannot be Finished');
END;
`;
