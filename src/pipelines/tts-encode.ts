import { rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assertNever } from '../base/assert-never.ts';
import { probeMedia } from '../engines/media/probe.ts';
import { encodeSpeech } from '../engines/tts/audio/encode-speech.ts';
import { joinSpeech } from '../engines/tts/audio/join-speech.ts';
import { BYTES_PER_SAMPLE, WAV_HEADER } from '../engines/tts/audio/pcm-wav.ts';
import { done, failed } from './step-outcomes.ts';
import type { Step } from './steps.ts';
import type { Encoded, Joined, Spoken } from './tts-work.ts';

/* From the chunks to the file that the caller gets. */

export const joinTheChunks: Step<Spoken, Joined> = {
  name: 'Joining the speech',
  weight: 2,
  async run(work) {
    const { run, cast, request, pcmPaths } = work;
    const wavPath = join(run.scratch, 'speech.wav');
    const settings = { speechRate: request.speechRate, sampleRate: cast.sampleRate };
    const joined = await joinSpeech({ plan: cast.plan, pcmPaths, settings, wavPath, signal: run.signal });
    // Forty minutes are 230 MB at 48 kHz: not twice.
    if (pcmPaths[0] !== undefined) await rm(dirname(pcmPaths[0]), { recursive: true, force: true });
    return done({ ...work, wavPath, joined });
  },
};

export const encodeTheSpeech: Step<Joined, Encoded> = {
  name: 'Encoding',
  weight: 4,
  async run(work) {
    const { run, parts, request, cast, wavPath, joined } = work;
    const { scratch, signal, log } = run;
    const { format, volume, effect, effectValue } = request;
    const outPath = join(scratch, 'output');
    const outcome = await encodeSpeech(
      {
        ...{ wavPath, outPath, scratch, signal, format, volume, seconds: joined.seconds },
        sampleRate: cast.sampleRate,
        ...(effect !== undefined && { effect }),
        ...(effectValue !== undefined && { effectValue }),
      },
      parts.media,
    );
    switch (outcome.kind) {
      case 'done':
        break;
      case 'unavailable':
        return failed('EngineUnavailable', outcome.message);
      case 'refused':
        return failed('TextUnspeakable', outcome.message);
      case 'failed':
        log.warn({ detail: outcome.detail }, 'encoding failed');
        return failed('EngineFailed', `${outcome.message} RetrySmartJob goes on there.`);
      default:
        return assertNever(outcome);
    }
    const fault = await faultIn(work, outPath);
    if (fault === undefined) return done({ ...work, outPath });
    log.warn({ fault }, 'the encoded file is not as it should be');
    return failed('EngineFailed', 'The encoded file is not as it should be. RetrySmartJob encodes it again.');
  },
};

/** Seconds. An encoder of MP3 adds up to two frames of silence, and players of variable rates tell lengths roughly. */
const MP3_TOLERANCE = 0.3;

/** Nothing that cannot be played is handed out. */
async function faultIn({ run, parts, request, cast, joined }: Joined, path: string): Promise<string | undefined> {
  const { size } = await stat(path);
  if (request.format !== 'MP3') {
    const samples = Math.round(joined.seconds * cast.sampleRate);
    const expected = samples * BYTES_PER_SAMPLE + (request.format === 'WAV' ? WAV_HEADER : 0);
    return size === expected ? undefined : `${size} bytes, not ${expected}`;
  }
  const probed = await probeMedia(path, parts.media, run);
  if (probed.kind !== 'probed') return probed.kind;
  const seconds = probed.seconds ?? 0;
  const isRight = probed.hasAudio && Math.abs(seconds - joined.seconds) <= MP3_TOLERANCE;
  return isRight ? undefined : `${seconds} seconds, not ${joined.seconds}`;
}
