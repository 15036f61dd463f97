import { systemClock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { signedLink, type LinkSigner } from '../auth/link-key.ts';
import type { TranslationEngine } from '../engines/translation/translation-engine.ts';
import type { JobHints } from '../jobs/job-hints.ts';
import type { ObjectAddress } from '../objects/object-address.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { ResultFiles } from '../objects/result-files.ts';
import { WorkFiles } from '../objects/work-files.ts';
import type { OperationServices } from '../operations/services.ts';
import type { DataFolder } from './data-folder.ts';
import { jobOutputs } from './job-outputs.ts';
import type { Kept } from './open-kept.ts';
import type { Settings } from './settings.ts';
import type { StopList } from './stop-list.ts';
import type { SynthesisEngines } from './synthesis-engines.ts';
import { pairRefusal } from './translation-engines.ts';
import { VoiceSampleFiles } from './voice-samples.ts';

export type ServiceParts = {
  readonly settings: Settings;
  readonly log: Logger;
  readonly kept: Kept;
  readonly objects: ObjectStore;
  readonly hints: JobHints;
  readonly synthesis: () => Promise<SynthesisEngines>;
  readonly translators: () => Promise<readonly TranslationEngine[]>;
  readonly folder: DataFolder;
};

type Addressed = ServiceParts & {
  /** The base URL of links to objects. */
  readonly base: string;
  readonly addressOf: (input: string) => ObjectAddress;
};

type Composed = Omit<OperationServices, 'policies' | 'tokenKey' | 'diagnosticKey' | 'clock'>;

/** What the operations work with, over the stores and engines of this server. */
export function operationServices(parts: Addressed, stops: StopList): Composed {
  const { settings, kept, objects, hints, synthesis, translators, base, addressOf } = parts;
  const { store, pageTokenKey, linkKey } = kept;
  const signer = { secret: linkKey, region: settings.region, base };
  return {
    ...{ jobs: store.jobs, hints, hotwords: store.hotwords, identities: store.identities, media: store.media },
    ...{ objects, pageTokenKey, addressOf, maxWaitingJobs: settings.maxWaitingJobs },
    outputs: jobOutputs(new ResultFiles(objects), new WorkFiles(objects), signer, systemClock),
    signedUrl: (account, object, seconds) => signedLink(signer, account, object, systemClock.now(), seconds),
    voices: async () => (await synthesis()).voices,
    voiceSamples: stops.add(samplesOfVoices(parts, signer)),
    translation: { refusal: async (pair) => await pairRefusal(pair, await translators(), settings) },
  };
}

function samplesOfVoices(
  { settings, log, kept, objects, synthesis, folder }: ServiceParts,
  signer: LinkSigner,
): VoiceSampleFiles {
  return new VoiceSampleFiles({
    ...{ objects, synthesis, log, account: kept.account, scratchRoot: folder.scratch },
    media: settings.ffmpegPath === undefined ? {} : { ffmpegPath: settings.ffmpegPath },
    linkTo: (object) => signedLink(signer, kept.account, object, systemClock.now()),
  });
}
