import type { JobHints } from '../jobs/job-hints.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { ObjectAddress } from '../objects/object-address.ts';
import { defineOperation } from '../gateway/operation.ts';

/** What the handlers work with. */
export type OperationServices = {
  readonly jobs: JobStore;
  readonly hints: JobHints;
  /** Seals NextToken. All nodes of one server share it, 32 bytes. */
  readonly pageTokenKey: Buffer;
  /** The most jobs that an account may have Created and Executing; no limit where it is absent. */
  readonly maxWaitingJobs?: number | undefined;
  /** What an InputFile means; knows the addresses under which this server's own objects are reached. */
  readonly addressOf: (input: string) => ObjectAddress;
};

export const operation = defineOperation<OperationServices>();
