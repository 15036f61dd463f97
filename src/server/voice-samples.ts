import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../base/logger.ts';
import type { Service } from '../base/service.ts';
import type { MediaTools } from '../engines/media/media-tools.ts';
import type { VoiceSamples } from '../engines/tts/voices/voice-samples.ts';
import type { AccountId } from '../jobs/account.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { resultsBucket } from '../objects/reserved-bucket.ts';
import { makeVoiceSample } from './make-voice-sample.ts';
import type { SynthesisEngines } from './synthesis-engines.ts';

export type VoiceSampleParts = {
  readonly objects: ObjectStore;
  /** Whose bucket the samples lie in; all accounts hear the same ones. */
  readonly account: AccountId;
  readonly synthesis: () => Promise<SynthesisEngines>;
  readonly media: MediaTools;
  /** Where scratch folders are made. */
  readonly scratchRoot: string;
  /** A signed URL of an object of that account. */
  readonly linkTo: (object: { readonly bucket: string; readonly key: string }) => string;
  readonly log: Logger;
};

/**
 * Recordings of the voices, made when they are first asked for: one at a time, behind the answer, which is a minute's
 * work for the voices of espeak-ng. They stay in the object store for as long as it does.
 */
export class VoiceSampleFiles implements VoiceSamples, Service {
  readonly #parts: VoiceSampleParts;
  readonly #bucket: string;
  /** Of voices whose sample is there, or cannot be made. */
  readonly #urls = new Map<string, boolean>();
  readonly #wanted = new Set<string>();
  readonly #control = new AbortController();
  #making: Promise<void> | undefined;

  constructor(parts: VoiceSampleParts) {
    this.#parts = parts;
    this.#bucket = resultsBucket(parts.account);
  }

  async urlOf(_account: AccountId, voiceId: string): Promise<string> {
    try {
      const isThere = this.#urls.get(voiceId) ?? (await this.#look(voiceId));
      if (isThere) return this.#parts.linkTo({ bucket: this.#bucket, key: keyOf(voiceId) });
      if (!this.#urls.has(voiceId)) this.#want(voiceId);
    } catch (error) {
      this.#parts.log.warn({ err: error, voiceId }, 'the sample of a voice cannot be told');
    }
    return '';
  }

  async stop(): Promise<void> {
    this.#control.abort(new Error('the server stops'));
    await this.#making;
  }

  async #look(voiceId: string): Promise<boolean> {
    const found = await this.#parts.objects.head(this.#parts.account, this.#bucket, keyOf(voiceId));
    if (found.kind === 'found') this.#urls.set(voiceId, true);
    return found.kind === 'found';
  }

  #want(voiceId: string): void {
    // A speech server may take money for it, or be far away.
    if (voiceId.startsWith('http:') || this.#control.signal.aborted) return;
    this.#wanted.add(voiceId);
    this.#making ??= this.#makeAll().finally(() => {
      this.#making = undefined;
    });
  }

  async #makeAll(): Promise<void> {
    for (const voiceId of this.#wanted) {
      if (this.#control.signal.aborted) return;
      const isMade = await this.#make(voiceId).catch((error: unknown) => {
        if (!this.#control.signal.aborted) this.#parts.log.warn({ err: error, voiceId }, 'no sample of a voice');
        return false;
      });
      this.#urls.set(voiceId, isMade);
      this.#wanted.delete(voiceId);
    }
  }

  async #make(voiceId: string): Promise<boolean> {
    const { synthesis, scratchRoot, objects, account, media } = this.#parts;
    const { voices, engineOf } = await synthesis();
    const voice = voices.find(({ id }) => id === voiceId);
    const engine = engineOf(voiceId);
    if (voice === undefined || engine === undefined) return false;
    const scratch = await mkdtemp(join(scratchRoot, 'voice-'));
    try {
      const { signal } = this.#control;
      const sample = await makeVoiceSample({ voice, engine, scratch, signal }, media);
      if (sample === undefined) return false;
      await objects.createBucket(account, this.#bucket);
      const outcome = await objects.put(account, this.#bucket, keyOf(voiceId), sample);
      return outcome.kind === 'stored';
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }
}

function keyOf(voiceId: string): string {
  return `voices/${voiceId}.mp3`;
}
