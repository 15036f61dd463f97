import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../base/logger.ts';
import { framesOf, readStereoWav, stereoWavHeader } from '../../engines/dub/stereo-wav.ts';
import { pcmWav } from '../../engines/tts/audio/pcm-wav.ts';
import type { TtsEngine } from '../../engines/tts/tts-engine.ts';
import type { AvailableVoice } from '../../engines/tts/voices/available-voice.ts';
import type { AccountId } from '../../jobs/account.ts';
import { nextJobId } from '../../jobs/job-id.ts';
import { createJob } from '../../jobs/smart-job.ts';
import { openFolderStore } from '../../objects/folder-store.ts';
import { WorkFiles } from '../../objects/work-files.ts';
import type { PipelineRun } from '../pipeline.ts';
import type { DubLine, DubOutcome, DubRequest } from './dub-request.ts';
import { dubTrack } from './dub-track.ts';

export const ACCOUNT = '1234567890123456' as AccountId;

/** Seconds that a letter takes. */
export const LETTER = 0.08;

export function voice(
  id: string,
  languages: readonly string[],
  quality: AvailableVoice['quality'] = 3,
): AvailableVoice {
  return { id, engine: 'test', name: id.toUpperCase(), languages, gender: 'Unknown', sampleRate: 16_000, quality };
}

const VOICES = [voice('a:es', ['es']), voice('b:es', ['es']), voice('c:fr', ['fr']), voice('d:en', ['en'])];

/** A job whose runs dub the same lines, with an engine that hums: a tone as long as the text has letters. */
export class DubBench {
  readonly checkpoints = new Map<string, string>();
  /** What was hummed, in order: the voice and the text. */
  readonly spoken: string[] = [];
  readonly folder: string;
  readonly workFiles: WorkFiles;
  readonly jobId = nextJobId(Date.UTC(2026, 0, 2), undefined);
  voices: readonly AvailableVoice[] = VOICES;
  engine: TtsEngine = this.#hummer();
  /** Called before a text is spoken. */
  onSpeak: (text: string) => void = () => undefined;

  private constructor(folder: string, workFiles: WorkFiles) {
    this.folder = folder;
    this.workFiles = workFiles;
  }

  static async open(): Promise<DubBench> {
    const folder = await mkdtemp(join(tmpdir(), 'dub-bench-'));
    return new DubBench(folder, new WorkFiles(await openFolderStore(join(folder, 'objects'))));
  }

  get wavPath(): string {
    return join(this.folder, 'scratch', 'dubbed.wav');
  }

  async run(
    lines: readonly DubLine[],
    wishes: Partial<DubRequest> = {},
    signal?: AbortSignal,
  ): Promise<DubOutcome> {
    const scratch = join(this.folder, 'scratch');
    await rm(scratch, { recursive: true, force: true });
    await mkdir(scratch);
    const run = this.#run(scratch, signal ?? new AbortController().signal);
    const synthesis = { voices: this.voices, engineOf: () => this.engine };
    return await dubTrack(
      run,
      { synthesis, media: {}, workFiles: this.workFiles },
      {
        ...{ source: 'en', target: 'es', voice: '', lines, totalSeconds: 20, originalAudio: undefined, speech: [] },
        ...{ glossary: [], bound: false, skipSong: false, wavPath: this.wavPath, onProgress: () => undefined },
        ...wishes,
      },
    );
  }

  /** A tone of 300 Hz all through, of this amplitude. @returns its path */
  async background(seconds: number, amplitude = 3000): Promise<string> {
    const samples = Int16Array.from({ length: 2 * framesOf(seconds) }, (_, at) =>
      Math.round(amplitude * Math.sin((2 * Math.PI * 300 * Math.floor(at / 2)) / 48_000)),
    );
    const path = join(this.folder, 'original.wav');
    await writeFile(path, Buffer.concat([stereoWavHeader(framesOf(seconds)), new Uint8Array(samples.buffer)]));
    return path;
  }

  async dubbed(): Promise<Int16Array> {
    return await stereoSamples(this.wavPath);
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  #run(scratch: string, signal: AbortSignal): PipelineRun {
    const job = createJob(ACCOUNT, this.jobId, {
      ...{ type: 'VideoTranslation', title: '', description: '', userData: '', keyword: '' },
      ...{ editingConfig: '', inputFile: '', outputBucket: 'b', outputObject: 'o', parameters: {} },
    });
    return {
      job: { ...job, state: 'Executing', progress: { percent: 0, step: '' } },
      ...{ scratch, signal, report: () => undefined, log: silentLogger },
      checkpoints: {
        get: async (key) => this.checkpoints.get(key),
        save: async (key, value) => void this.checkpoints.set(key, value),
      },
    };
  }

  #hummer(): TtsEngine {
    return {
      name: 'test',
      followsRate: 'never',
      voices: async () => this.voices,
      availability: async () => ({ kind: 'ready', version: '1', detail: '' }),
      synthesize: async ({ spoken, voice: id, wavPath, signal }) => {
        const text = spoken.map((piece) => piece.text).join('');
        this.onSpeak(text);
        signal.throwIfAborted();
        this.spoken.push(`${id} ${text}`);
        if (text.includes('unsayable')) return { kind: 'unsupported', message: 'It cannot be said.' };
        const samples = Int16Array.from({ length: Math.round(LETTER * text.length * 16_000) }, (_, at) =>
          Math.round(8000 * Math.cos((2 * Math.PI * 1000 * at) / 16_000)),
        );
        await writeFile(wavPath, pcmWav({ sampleRate: 16_000, samples }));
        return { kind: 'synthesized', wavPath, sampleRate: 16_000, seconds: samples.length / 16_000 };
      },
    };
  }
}

/** Of a WAV of stereo-wav.ts: both channels in turn. */
export async function stereoSamples(path: string): Promise<Int16Array> {
  const bytes = (await readFile(path)).subarray((await readStereoWav(path))?.offset);
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** A line of the source and its translation. */
export function line(
  from: number,
  to: number,
  translated: string | undefined,
  more: Partial<DubLine> = {},
): DubLine {
  return { from, to, text: 'what is said', translated, ...more };
}

/** What has to come out, or the test fails with the reason. */
export function dubbed(outcome: DubOutcome): Extract<DubOutcome, { kind: 'dubbed' }> {
  if (outcome.kind !== 'dubbed') throw new Error(outcome.failure.message);
  return outcome;
}
