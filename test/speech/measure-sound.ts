import { execFileSync } from 'node:child_process';
import type { Pcm } from '../../src/engines/tts/audio/pcm-wav.ts';

/** What an independent reader says of a file. */
export type SoundFile = {
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly seconds: number;
};

export function probeSound(path: string, ...options: string[]): SoundFile {
  const entries = 'stream=codec_name,sample_rate,channels:format=duration';
  const args = ['-v', 'error', ...options, '-show_entries', entries, '-of', 'json', path];
  const { streams, format } = JSON.parse(execFileSync('ffprobe', args).toString());
  const [{ codec_name: codec, sample_rate: rate, channels }] = streams;
  return { codec, sampleRate: Number(rate), channels, seconds: Number(format.duration) };
}

/** Any sound file as samples. */
export function decodeSound(path: string, sampleRate = 16_000, ...options: string[]): Pcm {
  const args = ['-v', 'error', ...options, '-i', path, '-ac', '1', '-ar', String(sampleRate), '-f', 's16le', '-'];
  const bytes = execFileSync('ffmpeg', args, { maxBuffer: 2 ** 29 });
  return {
    sampleRate,
    samples: new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
  };
}

/** Root mean square of the samples, 1 = full scale. */
export function loudness({ samples }: Pcm): number {
  const sum = samples.reduce((total, sample) => total + (sample / 32_768) ** 2, 0);
  return Math.sqrt(sum / samples.length);
}

/** Silences of at least `least` seconds between sounds, in seconds. */
export function silences({ samples, sampleRate }: Pcm, least = 0.2): number[] {
  const found: number[] = [];
  let last = -1;
  for (const [index, sample] of samples.entries()) {
    if (Math.abs(sample) <= 150) continue;
    if (last >= 0 && (index - last) / sampleRate >= least) found.push((index - last) / sampleRate);
    last = index;
  }
  return found;
}

/** The middle of the pitches of voiced frames in hertz, by normalized autocorrelation; 0 where nothing is voiced. */
export function pitch(pcm: Pcm): number {
  const pitches = framePitches(pcm).filter((hertz) => hertz > 0);
  return pitches.toSorted((a, b) => a - b)[Math.floor(pitches.length / 2)] ?? 0;
}

/** The share of the loud frames that are voiced: speech has some three quarters, noise has none. */
export function voicing(pcm: Pcm): number {
  const frames = framePitches(pcm);
  return frames.filter((hertz) => hertz > 0).length / frames.length;
}

function framePitches({ samples, sampleRate }: Pcm): number[] {
  const length = Math.round(0.04 * sampleRate);
  const frames: number[] = [];
  for (let start = 0; start + 2 * length < samples.length; start += 2 * length) {
    const frame = samples.subarray(start, start + 2 * length);
    if (loudness({ samples: frame, sampleRate }) > 0.02) frames.push(framePitch(frame, length, sampleRate));
  }
  return frames;
}

function framePitch(frame: Int16Array, length: number, sampleRate: number): number {
  let best = 0;
  let lag = 0;
  for (let shift = Math.floor(sampleRate / 500); shift <= sampleRate / 60 && shift < length; shift += 1) {
    let [product, first, second] = [0, 0, 0];
    for (let at = 0; at < length; at += 2) {
      const [a = 0, b = 0] = [frame[at], frame[at + shift]];
      product += a * b;
      first += a * a;
      second += b * b;
    }
    const likeness = product / Math.sqrt(first * second + 1);
    // An octave down fits as well; the shorter lag is the pitch.
    if (likeness > best + 0.03) [best, lag] = [likeness, shift];
  }
  return best > 0.7 ? sampleRate / lag : 0;
}
