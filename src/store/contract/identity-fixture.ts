import { afterEach, beforeEach } from 'vitest';
import type { AccessKeys } from '../../auth/access-key.ts';
import type { IdentityStore } from '../../auth/identities.ts';
import type { IdentityOutcome, IdentityRefusal } from '../../auth/identity-outcome.ts';
import { ManualClock, type Clock } from '../../base/clock.ts';
import { START } from './sample-jobs.ts';

export type OpenedIdentities = {
  readonly identities: IdentityStore;
  /** Of the same store, as authentication sees them. */
  readonly accessKeys: AccessKeys;
  close(): Promise<void>;
};

/** Where a store keeps its data: empty at first, the same at each open. */
export type IdentityHome = {
  open(clock: Clock): Promise<OpenedIdentities>;
  remove(): Promise<void>;
};

export type MakeIdentityHome = () => Promise<IdentityHome>;

/** A store of its own for each test. */
export class IdentityFixture {
  readonly clock = new ManualClock(START);
  readonly #home: IdentityHome;
  #opened: OpenedIdentities | undefined;

  constructor(home: IdentityHome) {
    this.#home = home;
  }

  /** Again: as a restart of the server does. */
  async open(): Promise<void> {
    await this.#opened?.close();
    this.#opened = await this.#home.open(this.clock);
  }

  get store(): IdentityStore {
    return this.#get().identities;
  }

  get accessKeys(): AccessKeys {
    return this.#get().accessKeys;
  }

  async end(): Promise<void> {
    await this.#opened?.close();
    await this.#home.remove();
  }

  #get(): OpenedIdentities {
    if (this.#opened === undefined) throw new Error('The store is not open.');
    return this.#opened;
  }
}

/** For the tests of the enclosing describe block. */
export function eachWithIdentities(makeHome: MakeIdentityHome): () => IdentityFixture {
  let fixture: IdentityFixture;
  beforeEach(async () => {
    fixture = new IdentityFixture(await makeHome());
    await fixture.open();
  });
  afterEach(() => fixture.end());
  return () => fixture;
}

/** What a call told, where it must not have been refused. */
export async function told<Value>(call: Promise<IdentityOutcome<Value>>): Promise<Value> {
  const outcome = await call;
  if (outcome.kind !== 'done') throw new Error(`${outcome.kind}: ${outcome.message}`);
  return outcome.value;
}

/** How a call was refused: kind and what it was about, such as `delete-conflict User.Group`; `done` where not. */
export async function refusal(call: Promise<IdentityOutcome<unknown>>): Promise<string> {
  const outcome = await call;
  return outcome.kind === 'done' ? 'done' : summary(outcome);
}

function summary(outcome: IdentityRefusal): string {
  switch (outcome.kind) {
    case 'invalid':
      return `invalid ${outcome.field} ${outcome.rule}`;
    case 'delete-conflict':
      return `delete-conflict ${outcome.conflict}`;
    default:
      return `${outcome.kind} ${outcome.entity}`;
  }
}

export const FIRST_PAGE = { marker: '', maxItems: 100 };

export const LIST_ONLY = policyAllowing('ice:ListSmartJobs');
export const TRUST = trusting('1234567890123456');

export function policyAllowing(action: string): string {
  return JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
}

export function trusting(account: string): string {
  const principal = { RAM: [`acs:ram::${account}:root`] };
  const statement = { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' };
  return JSON.stringify({ Version: '1', Statement: [statement] });
}
