import type { AccountId } from '../../../jobs/account.ts';

/** Where a voice can be heard before a job is spoken with it. */
export type VoiceSamples = {
  /**
   * A signed URL of a short recording, which works for some hours; `''` while there is none. Never rejects: a list of
   * voices without samples is better than no list.
   * @param voiceId an AvailableVoice's
   */
  urlOf(account: AccountId, voiceId: string): Promise<string>;
};
