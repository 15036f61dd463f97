import type { KeyObject } from 'node:crypto';
import type { IdentityStore } from '../auth/identities.ts';
import type { PolicySource } from '../auth/policy-source.ts';
import type { Clock } from '../base/clock.ts';
import type { LanguagePair } from '../engines/translation/translator.ts';
import type { AvailableVoice } from '../engines/tts/voices/available-voice.ts';
import type { VoiceSamples } from '../engines/tts/voices/voice-samples.ts';
import type { AccountId } from '../jobs/account.ts';
import type { HotwordLibraries } from '../jobs/hotword-libraries.ts';
import type { JobHints } from '../jobs/job-hints.ts';
import type { JobId } from '../jobs/job-id.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { MediaStore } from '../jobs/media-store.ts';
import type { ObjectAddress } from '../objects/object-address.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { defineOperation } from '../gateway/operation.ts';

/** What jobs have made. */
export type JobOutputs = {
  /** A URL under which anybody reads the object, `oss://bucket/key`, for an hour; signed at each call. */
  readonly linkTo: (account: AccountId, object: string) => string;
  /** Removes what the server itself wrote for these jobs, whether they are still there or not. */
  readonly forget: (account: AccountId, jobIds: readonly JobId[]) => Promise<void>;
};

/** What the handlers work with. */
export type OperationServices = {
  readonly jobs: JobStore;
  readonly hints: JobHints;
  readonly hotwords: HotwordLibraries;
  readonly outputs: JobOutputs;
  readonly media: MediaStore;
  readonly objects: Pick<ObjectStore, 'head'>;
  readonly identities: IdentityStore;
  readonly policies: PolicySource;
  readonly clock: Clock;
  /** Seals the tokens of role sessions. */
  readonly tokenKey: KeyObject;
  /** Opens what refusals of permission had to say. */
  readonly diagnosticKey: KeyObject;
  /** Seals NextToken. All nodes of one server share it, 32 bytes. */
  readonly pageTokenKey: Buffer;
  /** The most jobs that an account may have Created and Executing; no limit where it is absent. */
  readonly maxWaitingJobs?: number | undefined;
  /** What an InputFile means; knows the addresses under which this server's own objects are reached. */
  readonly addressOf: (input: string) => ObjectAddress;
  /** A URL by which whoever has it can read an object of the account for so many seconds. Absent: there are none. */
  readonly signedUrl?: (
    account: AccountId,
    object: { readonly bucket: string; readonly key: string },
    seconds: number,
  ) => string;
  /** Why this server does not translate such a pair, and the remedy; undefined where it does. Absent: nobody knows. */
  readonly translation?: { readonly refusal: (pair: LanguagePair) => Promise<string | undefined> };
  /** What speaks here now. Absent: nothing does. */
  readonly voices?: () => Promise<readonly AvailableVoice[]>;
  /** Where the voices can be heard. Absent: nowhere. */
  readonly voiceSamples?: VoiceSamples;
};

export const operation = defineOperation<OperationServices>();
