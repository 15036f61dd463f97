import type { AsrEngine } from '../../engines/asr/asr-engine.ts';
import type { JobFailureCode } from '../../jobs/job-failure.ts';
import type { AsrParameters } from '../asr-parameters.ts';
import type { AsrWork, Heard, Segmented } from '../asr-work.ts';
import { chooseTheEngine, identifyLanguage } from '../choose-asr-engine.ts';
import { cutIntoSentences, punctuateWords } from '../finish-transcript.ts';
import { recognizeSpeech } from '../recognize-speech.ts';
import { done } from '../step-outcomes.ts';
import { Steps, type Step, type StepOutcome } from '../steps.ts';
import { tellSpeakersApart } from '../tell-speakers-apart.ts';
import { runOfStep } from './step-checkpoints.ts';
import type { Listened, Recognized, SourceSound, TranslationWork } from './translation-work.ts';

/* What is said in the source, by the steps of an ASR job. */

/**
 * Sentences with their words, where the job wants them and there is a voice. Where text is read from the picture as
 * well, a recording that nobody speaks in, or in a language that nothing here recognizes, may still have lines.
 */
export function recognizeSource({ settings: { textSource } }: TranslationWork): Step<Listened, Recognized> {
  const wanted = textSource !== 'SubtitleFile' && textSource !== 'OCR';
  return {
    name: 'Recognizing speech',
    // Measured of a minute of a lecture: 26 seconds, where the video took 7, and reading calm pictures 3.
    weight: wanted ? 55 : 0,
    async run(work, onProgress) {
      const { settings, sound, warnings } = work;
      const { source } = settings;
      const nothing = { sentences: [], source, recognizer: undefined };
      if (!wanted || sound === undefined || sound.speech.length === 0) return done({ ...work, ...nothing });
      const outcome = await sentencesOf(work, sound, onProgress);
      if (outcome.kind === 'done') {
        const { sentences, language, engine } = outcome.value;
        const told = [...warnings, ...unheard(work, engine)];
        return done({ ...work, sentences, source: source ?? language, recognizer: engine.name, warnings: told });
      }
      const { code, message } = outcome.failure;
      if (code === 'NoValidVocal') return done({ ...work, ...nothing });
      if (textSource === 'ASR' || !BEARABLE.has(code)) return outcome;
      return done({ ...work, ...nothing, warnings: [...warnings, `Speech was not recognized. ${message}`] });
    },
  };
}

/** Where text of the picture can take the place of speech. */
const BEARABLE: ReadonlySet<JobFailureCode> = new Set(['UnsupportedLanguage', 'EngineUnavailable']);

/** The words of a library are translated as it says in any case. */
function unheard({ hotwords }: Listened, { name, takesHotwords }: AsrEngine): string[] {
  if (takesHotwords || hotwords.length === 0) return [];
  return [`${name}, which recognized the speech, takes no hotwords: their translations alone were used.`];
}

async function sentencesOf(
  { run, parts, settings, seconds }: Listened,
  sound: SourceSound,
  onProgress: (fraction: number) => void,
): Promise<StepOutcome<Segmented>> {
  const { media, fetchInput, recognition, hotwords } = parts;
  const parameters: AsrParameters = {
    ...{ start: 0, duration: undefined, sentenceMaxLength: undefined, semanticSentences: true },
    language: settings.source,
    speakers: { wanted: speakersMatter(settings, recognition.diarizer !== undefined), count: undefined },
    hotwordsMayBeLeft: true,
  };
  const asr: AsrWork = {
    run: runOfStep(run, 'recognize'),
    parts: { fetchInput, media, ...recognition, ...(hotwords !== undefined && { hotwords }) },
    parameters,
  };
  const chosen = await chooseTheEngine.run(asr, () => undefined);
  if (chosen.kind === 'failed') return chosen;
  const heard: Heard = { ...chosen.value, path: '', start: 0, expected: seconds, maxSeconds: seconds, ...sound };
  return await RECOGNITION.run(heard, ({ percent }) => onProgress(percent / 100));
}

const SPEAKERS_WEIGHT = 30;
const RECOGNITION = Steps.startingWith(identifyLanguage)
  .next(tellSpeakersApart(SPEAKERS_WEIGHT))
  .next(recognizeSpeech)
  .next(punctuateWords)
  .next(cutIntoSentences);

/** The same voice for the same person; a voice that the job names speaks for all. */
function speakersMatter({ level, voice }: Listened['settings'], possible: boolean): boolean {
  return possible && level === 'speech' && voice === undefined;
}
