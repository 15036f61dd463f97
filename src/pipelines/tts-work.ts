import type { MediaTools } from '../engines/media/media-tools.ts';
import type { JoinedSpeech } from '../engines/tts/audio/join-speech.ts';
import type { TtsEngine } from '../engines/tts/tts-engine.ts';
import type { AvailableVoice } from '../engines/tts/voices/available-voice.ts';
import type { ResultFiles } from '../objects/result-files.ts';
import type { WorkFiles } from '../objects/work-files.ts';
import type { PipelineRun } from './pipeline.ts';
import type { PublishParts } from './publish-output.ts';
import type { SpeechCast } from './tts-cast.ts';
import type { SpeechRequest } from './tts-request.ts';

/** What speaks at the moment. */
export type Synthesis = {
  readonly voices: readonly AvailableVoice[];
  /** The engine that has the voice. */
  readonly engineOf: (voiceId: string) => TtsEngine | undefined;
};

/** What the steps work with; the server composes it. */
export type TtsParts = PublishParts & {
  readonly synthesis: Synthesis;
  readonly media: MediaTools;
  readonly workFiles: Pick<WorkFiles, 'keep' | 'fetch' | 'remove'>;
  readonly resultFiles: Pick<ResultFiles, 'write'>;
};

/* The values that the steps hand on; each adds what it found out. All times are seconds. */

export type TtsWork = { readonly run: PipelineRun; readonly parts: TtsParts };

export type Cast = TtsWork & { readonly request: SpeechRequest; readonly cast: SpeechCast };

/** The file of each chunk of the plan: samples at the cast's rate. */
export type Spoken = Cast & { readonly pcmPaths: readonly string[] };

export type Joined = Cast & { readonly wavPath: string; readonly joined: JoinedSpeech };

export type Encoded = Joined & { readonly outPath: string };
