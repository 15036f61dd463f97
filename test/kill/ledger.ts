type Listed = { readonly JobId: string; readonly JobState: string; readonly ModifiedTime: string };

type Entry = {
  /** `leaving`: a delete was asked for and not answered, so either is right. */
  fate: 'kept' | 'leaving' | 'gone';
  /** When its delete was answered, as the count of deletes answered until then. */
  goneAt: number;
  /** How it was seen ended; what it may never differ from. */
  ended?: string | undefined;
  /** How often somebody asked to run it again, answered or not. */
  retries: number;
  /** How often a worker wrote to the log that it ended. */
  endings: number;
};

/** What the clients were promised, and every breach of it that somebody saw. */
export class Ledger {
  readonly problems: string[] = [];
  readonly tally = { submitted: 0, deleted: 0, retried: 0, repeated: 0, seenEnded: 0, calls: 0 };
  readonly #entries = new Map<string, Entry>();
  /** Endings of jobs whose submit was not answered. */
  readonly #strangers = new Map<string, number>();

  submitted(id: string): void {
    if (this.#entries.has(id)) this.problems.push(`two submits were answered with ${id}`);
    const endings = this.#strangers.get(id) ?? 0;
    this.#entries.set(id, { fate: 'kept', goneAt: Number.POSITIVE_INFINITY, retries: 0, endings });
    this.tally.submitted += 1;
  }

  deleteAsked(id: string): void {
    this.#entry(id).fate = 'leaving';
  }

  deleteAnswered(id: string): void {
    const entry = this.#entry(id);
    entry.fate = 'gone';
    entry.goneAt = this.tally.deleted;
    this.tally.deleted += 1;
  }

  retryAsked(id: string): void {
    const entry = this.#entry(id);
    entry.retries += 1;
    entry.ended = undefined;
  }

  /** A worker said in the log that it wrote the end of a job. */
  endLogged(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) {
      this.#strangers.set(id, (this.#strangers.get(id) ?? 0) + 1);
      return;
    }
    entry.endings += 1;
    if (entry.endings > 1 + entry.retries) this.problems.push(`${id} ended ${entry.endings} times`);
  }

  /** An answer that showed the job, to a call that was made when so many deletes had been answered. */
  seen({ JobId, JobState, ModifiedTime }: Listed, deletesBefore: number): void {
    const entry = this.#entries.get(JobId);
    if (entry === undefined) return;
    if (entry.goneAt < deletesBefore) this.problems.push(`${JobId} was deleted, and is seen again`);
    const ended = JobState === 'Finished' || JobState === 'Failed' ? `${JobState} at ${ModifiedTime}` : undefined;
    if (entry.ended !== undefined && entry.ended !== ended) {
      this.problems.push(`${JobId} was ${entry.ended}, then ${ended ?? JobState}`);
    }
    // A list that was asked for before a retry may show the end before it.
    if (entry.retries > 0 || ended === undefined || entry.ended !== undefined) return;
    entry.ended = ended;
    this.tally.seenEnded += 1;
  }

  notFound(id: string): void {
    if (this.#entry(id).fate === 'kept') this.problems.push(`${id} was answered and is not found`);
  }

  /** Holds the promises against the whole list, as it is after the last start. */
  settle(listed: readonly Listed[]): void {
    const ids = new Set(listed.map(({ JobId }) => JobId));
    if (ids.size < listed.length) this.problems.push(`${listed.length - ids.size} jobs are listed twice`);
    for (const [id, { fate }] of this.#entries) {
      if (fate === 'kept' && !ids.has(id)) this.problems.push(`${id} was answered and is not listed`);
    }
    for (const job of listed) this.seen(job, this.tally.deleted);
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new Error(`${id} was never submitted`);
    return entry;
  }
}
