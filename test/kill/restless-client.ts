import type { Credentials } from '../support/official-clients.ts';
import { json, rawCall } from '../support/raw-call.ts';
import type { Ledger } from './ledger.ts';

export type Page = {
  readonly SmartJobList: readonly {
    readonly JobId: string;
    readonly JobState: string;
    readonly ModifiedTime: string;
    readonly UserData: string;
  }[];
  readonly NextToken: string;
  readonly TotalCount: string;
};

const MISSING = 'oss://samples/missing.wav';
const SPEECH = 'oss://samples/clip.wav';

/** One speech job for so many that fail at once: a run of ffmpeg and the detector takes most of a core's second. */
const SPEECH_SHARE = 1 / 100;

/** Of all submits, those that have a token and are repeated where a server was killed before it answered. */
const REPEATABLE_SHARE = 1 / 5;

/** Fails at once: there is no such video. Its subtitle is translated already, so that no engine has to be there. */
const TRANSLATION = {
  InputConfig: JSON.stringify({ Type: 'Video', Video: MISSING, Subtitle: MISSING }),
  OutputConfig: JSON.stringify({ MediaURL: 'oss://samples/missing.mp4' }),
  EditingConfig: JSON.stringify({ TargetLanguage: 'es', TextSource: 'SubtitleFile', CustomSrtType: 'TargetSrt' }),
};

/** An answer's body, or undefined where there was none: the server was gone, or said that it is stopping. */
type Answer = Record<string, unknown> | undefined;

/** Submits, deletes, retries, gets and lists without pause, and tells the ledger what it was answered. */
export class RestlessClient {
  readonly #name: string;
  readonly #ledger: Ledger;
  readonly #own: string[] = [];
  /** A submit with a token that nobody answered: whether there is a job of it is not known. */
  #unanswered: Record<string, string> | undefined;
  #sent = 0;

  constructor(name: string, ledger: Ledger) {
    this.#name = name;
    this.#ledger = ledger;
  }

  /** Goes on until the server answers no more. Its jobs stay its own from server to server. */
  async run(to: Credentials): Promise<void> {
    while (await this.#step(to));
  }

  /** @returns whether there was an answer */
  #step(to: Credentials): Promise<boolean> {
    if (this.#unanswered !== undefined) return this.#repeat(to, this.#unanswered);
    const dice = Math.random();
    const at = Math.floor(Math.random() * this.#own.length);
    const id = this.#own[at];
    if (id === undefined || dice < 0.45) return this.#submit(to);
    if (dice < 0.65) return this.#delete(to, id, at);
    if (dice < 0.92) return this.#get(to, id);
    if (dice < 0.95) return this.#retry(to, id);
    return this.#list(to);
  }

  async #submit(to: Credentials): Promise<boolean> {
    if (Math.random() < REPEATABLE_SHARE) return this.#submitOnce(to);
    const InputFile = Math.random() < SPEECH_SHARE ? SPEECH : MISSING;
    this.#sent += 1;
    const body = await this.#call(to, 'SubmitASRJob', { InputFile, UserData: `${this.#name} ${this.#sent}` });
    if (typeof body?.JobId !== 'string') return body !== undefined;
    this.#ledger.submitted(body.JobId);
    this.#own.push(body.JobId);
    return true;
  }

  /** UserData tells the jobs apart: a second job of the same submit would have it too. */
  async #submitOnce(to: Credentials): Promise<boolean> {
    this.#sent += 1;
    const mark = `${this.#name} ${this.#sent}`;
    const call = { ...TRANSLATION, UserData: mark, ClientToken: mark };
    this.#unanswered = call;
    return this.#submitUnanswered(to, call);
  }

  async #repeat(to: Credentials, call: Record<string, string>): Promise<boolean> {
    const isAnswered = await this.#submitUnanswered(to, call);
    if (isAnswered) this.#ledger.tally.repeated += 1;
    return isAnswered;
  }

  async #submitUnanswered(to: Credentials, call: Record<string, string>): Promise<boolean> {
    const body = await this.#call(to, 'SubmitVideoTranslationJob', call);
    if (body === undefined) return false;
    this.#unanswered = undefined;
    const { JobId } = body.Data as { JobId: string };
    this.#ledger.submitted(JobId);
    this.#own.push(JobId);
    return true;
  }

  async #delete(to: Credentials, id: string, at: number): Promise<boolean> {
    this.#ledger.deleteAsked(id);
    this.#own.splice(at, 1);
    const body = await this.#call(to, 'DeleteSmartJob', { JobId: id });
    if (body === undefined) return false;
    this.#ledger.deleteAnswered(id);
    return true;
  }

  async #get(to: Credentials, id: string): Promise<boolean> {
    const body = await this.#call(to, 'GetSmartHandleJob', { JobId: id });
    if (body === undefined) return false;
    if (body.Code === 'InvalidParameter.JobNotFound') {
      this.#ledger.notFound(id);
      return true;
    }
    const { ModifiedTime } = body.SmartJobInfo as { ModifiedTime: string };
    this.#ledger.seen({ JobId: id, JobState: body.State as string, ModifiedTime }, this.#ledger.tally.deleted);
    return true;
  }

  async #retry(to: Credentials, id: string): Promise<boolean> {
    this.#ledger.retryAsked(id);
    const body = await this.#call(to, 'RetrySmartJob', { JobId: id });
    if (body?.Code === 'InvalidParameter.JobNotFound') this.#ledger.notFound(id);
    if (body?.State === 'Created') this.#ledger.tally.retried += 1;
    return body !== undefined;
  }

  async #list(to: Credentials): Promise<boolean> {
    const deletes = this.#ledger.tally.deleted;
    const page = (await this.#call(to, 'ListSmartJobs', { MaxResults: '50' })) as Page | undefined;
    for (const job of page?.SmartJobList ?? []) this.#ledger.seen(job, deletes);
    return page !== undefined;
  }

  async #call(to: Credentials, action: string, parameters: Record<string, string>): Promise<Answer> {
    const answer = await rawCall(to, action, parameters).catch(() => undefined);
    if (answer === undefined) return undefined;
    const body = json(answer);
    if (answer.status === 503 && String(body.Message).includes('the server is stopping')) return undefined;
    if (answer.status !== 200 && !String(body.Code).startsWith('InvalidParameter.Job')) {
      this.#ledger.problems.push(`${action} was answered ${answer.status} ${answer.text}`);
    }
    this.#ledger.tally.calls += 1;
    return body;
  }
}
