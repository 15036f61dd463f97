import type { SherpaAddon } from './sherpa-addon.ts';

/** What a request holds and what its answer holds: JSON, and sound where there is any. */
export type SherpaMessage = { readonly json: unknown; readonly samples?: Float32Array };

/** Answers one request with the model that it was made for. What it throws is told to the asker; the model lives on. */
export type SherpaWorker = (request: SherpaMessage) => SherpaMessage;

export type SherpaTask = 'recognize' | 'punctuate' | 'identify-language' | 'diarize' | 'synthesize';

const SAMPLE_RATE = 16_000;
const NO_SOUND = new Float32Array(0);

/** For each task: loads its model, by the library's own configuration, and says how a request is answered. */
export const SHERPA_TASKS: Readonly<Record<SherpaTask, (sherpa: SherpaAddon, config: object) => SherpaWorker>> = {
  recognize(sherpa, config) {
    const recognizer = new sherpa.OfflineRecognizer(config);
    return ({ json, samples = NO_SOUND }) => {
      const { hotwords } = json as { hotwords?: string };
      const stream = recognizer.createStream(hotwords);
      stream.acceptWaveform({ samples, sampleRate: SAMPLE_RATE });
      recognizer.decode(stream);
      return { json: recognizer.getResult(stream) };
    };
  },

  punctuate(sherpa, config) {
    const punctuation = new sherpa.OfflinePunctuation(config);
    return ({ json }) => ({ json: { text: punctuation.addPunct((json as { text: string }).text) } });
  },

  'identify-language'(sherpa, config) {
    const identification = new sherpa.SpokenLanguageIdentification(config);
    return ({ samples = NO_SOUND }) => {
      const stream = identification.createStream();
      stream.acceptWaveform({ samples, sampleRate: SAMPLE_RATE });
      return { json: { language: identification.compute(stream) } };
    };
  },

  diarize(sherpa, config) {
    const diarization = new sherpa.OfflineSpeakerDiarization(config);
    if (diarization.sampleRate !== SAMPLE_RATE) throw new Error(`the model wants ${diarization.sampleRate} Hz`);
    return ({ json, samples = NO_SOUND }) => {
      const { clustering } = json as { clustering: object };
      diarization.setConfig({ clustering });
      return { json: { turns: diarization.process(samples) } };
    };
  },

  synthesize(sherpa, config) {
    const synthesizer = new sherpa.OfflineTts(config);
    return ({ json }) => {
      const { text, sid } = json as { text: string; sid: number };
      const { samples, sampleRate } = synthesizer.generate({ text, sid, speed: 1, enableExternalBuffer: false });
      return { json: { sampleRate }, samples };
    };
  },
};
