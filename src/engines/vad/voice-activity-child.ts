/*
 * The program that finds speech, run in a process of its own by voice-activity.ts. The network holds a core for
 * about 1.5 % of the recording's length, and a native library that crashes takes only this process with it.
 *
 * Arguments: the WAV (of decode-speech.ts), the Silero model. Prints one JSON object a line:
 * {"from","to","sure"} for each stretch of speech as it ends, once as it may be and once where it is sure,
 * {"seconds"} for how far it has read.
 */
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { SPEECH_BYTES_PER_SECOND, SPEECH_SAMPLE_RATE, SPEECH_WAV_HEADER } from '../media/speech-wav.ts';

/** The part of sherpa-onnx-node that is used here; the package has no types of its own. */
type Vad = {
  acceptWaveform(samples: Float32Array): void;
  flush(): void;
  isEmpty(): boolean;
  front(externalBuffer: boolean): { readonly start: number; readonly samples: Float32Array };
  pop(): void;
};
type Sherpa = { readonly Vad: new (config: object, bufferSeconds: number) => Vad };

/** Samples at a time: the window that the network was trained on. */
const WINDOW = 512;
const READ_BYTES = SPEECH_BYTES_PER_SECOND * 8;

const [wavPath = '', model = ''] = process.argv.slice(2);
const sherpa = createRequire(import.meta.url)('sherpa-onnx-node') as Sherpa;

/** Finds where words begin and end, and is mistaken in music now and then. */
const PERHAPS = 0.5;
/** Loses the soft ends of words, and is hardly ever mistaken: see believable-speech.ts. */
const SURE = 0.75;

/** sherpa-onnx tells stretches and no probabilities: so the network runs once for each threshold. */
const detectors = [PERHAPS, SURE].map((threshold) => ({ sure: threshold === SURE, vad: detector(threshold) }));

function detector(threshold: number): Vad {
  return new sherpa.Vad(
    {
      sileroVad: {
        model,
        threshold,
        minSilenceDuration: 0.35,
        minSpeechDuration: 0.1,
        windowSize: WINDOW,
        // Past this many seconds the detector takes any breath (0.1 s) for an end.
        maxSpeechDuration: 20,
      },
      sampleRate: SPEECH_SAMPLE_RATE,
      numThreads: 1,
      provider: 'cpu',
      debug: 0,
    },
    60,
  );
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function printSpeech(): void {
  for (const { sure, vad } of detectors) {
    while (!vad.isEmpty()) {
      const { start, samples } = vad.front(false);
      print({ from: start / SPEECH_SAMPLE_RATE, to: (start + samples.length) / SPEECH_SAMPLE_RATE, sure });
      vad.pop();
    }
  }
}

let rest: Buffer = Buffer.alloc(0);
let read = 0;
for await (const chunk of createReadStream(wavPath, { start: SPEECH_WAV_HEADER, highWaterMark: READ_BYTES })) {
  rest = Buffer.concat([rest, chunk as Buffer]);
  const windows = Math.floor(rest.length / (2 * WINDOW));
  for (let index = 0; index < windows; index += 1) {
    const samples = new Float32Array(WINDOW);
    const start = index * 2 * WINDOW;
    for (let at = 0; at < WINDOW; at += 1) samples[at] = rest.readInt16LE(start + 2 * at) / 32_768;
    for (const { vad } of detectors) vad.acceptWaveform(samples);
    printSpeech();
  }
  rest = rest.subarray(windows * 2 * WINDOW);
  read += windows * WINDOW;
  print({ seconds: read / SPEECH_SAMPLE_RATE });
}
for (const { vad } of detectors) vad.flush();
printSpeech();
