import type { BurnedLine } from '../../engines/ocr/burned-line.ts';
import { readBurnedText, type BurnedTextOutcome, type KeptParts } from '../../engines/ocr/read-burned-text.ts';
import { fileFingerprint, fingerprint } from '../fingerprint.ts';
import type { PipelineRun } from '../pipeline.ts';
import { saveIfShort } from '../remembered.ts';
import { done, failed } from '../step-outcomes.ts';
import type { Step } from '../steps.ts';
import { runOfStep } from './step-checkpoints.ts';
import type { PictureRead, Recognized, TranslationWork } from './translation-work.ts';

/** Text that is part of the picture, where the job translates it or has it painted over. */
export function readPicture({
  settings: { input, textSource, detext },
}: TranslationWork): Step<Recognized, PictureRead> {
  const translated = textSource !== 'SubtitleFile' && textSource !== 'ASR';
  const wanted = input.type === 'Video' && (translated || detext === 'Auto');
  return {
    name: 'Reading text in the picture',
    // Moving pictures take six times as long as calm ones.
    weight: wanted ? 15 : 0,
    async run(work, onProgress) {
      const { probed, mediaPath, warnings } = work;
      if (!wanted || mediaPath === undefined || probed?.video === undefined) {
        return done({ ...work, burned: [] });
      }
      const outcome = await burnedText(work, mediaPath, onProgress);
      if (outcome.kind === 'read') return done({ ...work, burned: outcome.lines });
      if (outcome.kind === 'failed') work.run.log.warn({ detail: outcome.detail }, 'reading the picture failed');
      if (textSource === 'OCR') {
        return failed(outcome.kind === 'unavailable' ? 'EngineUnavailable' : 'EngineFailed', outcome.message);
      }
      const consequence = translated ? 'Only speech was translated' : 'Nothing was painted over';
      return done({ ...work, burned: [], warnings: [...warnings, `${consequence}. ${outcome.message}`] });
    },
  };
}

async function burnedText(
  { run, parts, settings, probed, seconds, source }: Recognized,
  path: string,
  onProgress: (fraction: number) => void,
): Promise<BurnedTextOutcome> {
  const { width = 0, height = 0 } = probed?.video ?? {};
  const { ocrArea: area } = settings;
  const { media, textReader: reader } = parts;
  const { scratch, signal } = run;
  const language = source ?? 'en';
  const kept = keptParts(run, fingerprint(await fileFingerprint(path), area, language, reader.name, seconds));
  return await readBurnedText(
    { path, seconds, width, height, area, language, scratch, signal, onProgress, kept },
    { media, reader },
  );
}

/** Reading hours of moving pictures takes as long: a run that comes after one that died begins at the first part missing. */
function keptParts(run: PipelineRun, made: string): KeptParts {
  const { checkpoints, log } = runOfStep(run, 'read');
  const keyOf = (start: number): string => `burned ${made} ${start}`;
  return {
    get: async (start) => {
      const saved = await checkpoints.get(keyOf(start));
      return saved === undefined ? undefined : (JSON.parse(saved) as readonly BurnedLine[]);
    },
    save: async (start, lines) => {
      await saveIfShort({ checkpoints, log }, keyOf(start), JSON.stringify(lines));
    },
  };
}
