import type { JobId } from '../../jobs/job-id.ts';
import type { SubmitToken, TokenOutcome } from '../../jobs/submit-token.ts';
import type { JobKey } from './job-key.ts';
import type { SqlValue, Statements } from './statements.ts';

const FIND =
  'SELECT fingerprint, job_id FROM submit_token JOIN smart_job ON smart_job.key = submit_token.job ' +
  'WHERE submit_token.account = ? AND token = ? AND expires_at > ?';
const KEEP =
  'INSERT OR REPLACE INTO submit_token (account, token, fingerprint, job, expires_at) VALUES (?, ?, ?, ?, ?)';
/** A few at each submit: more than come in, so that none stay, and few enough to hold nobody up. */
const SWEEP =
  'DELETE FROM submit_token WHERE (account, token) IN ' +
  '(SELECT account, token FROM submit_token INDEXED BY submit_token_expires WHERE expires_at <= ? LIMIT 20)';

/** The tokens of submits. A token whose time has come is as good as gone. */
export class SubmitTokens {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** What the token means for a submit now. Undefined: it is free. */
  find(accountNumber: number, { token, fingerprint }: SubmitToken, now: number): TokenOutcome | undefined {
    const [row] = this.#statements.rows<[string, Buffer & SqlValue]>(FIND, accountNumber, token, now);
    if (row === undefined) return undefined;
    const [first, jobId] = row;
    return first === fingerprint
      ? { kind: 'repeated', jobId: jobId.toString('hex') as JobId }
      : { kind: 'token-used' };
  }

  keep(accountNumber: number, key: JobKey, { token, fingerprint, keepMs }: SubmitToken, now: number): void {
    this.#statements.run(SWEEP, now);
    this.#statements.run(KEEP, accountNumber, token, fingerprint, key, now + keepMs);
  }
}
