import { readBurnedText, type BurnedTextOutcome } from '../../engines/ocr/read-burned-text.ts';
import { fileFingerprint, fingerprint } from '../fingerprint.ts';
import { remembered } from '../remembered.ts';
import { done, failed } from '../step-outcomes.ts';
import type { Step } from '../steps.ts';
import { runOfStep } from './step-checkpoints.ts';
import type { PictureRead, Recognized } from './translation-work.ts';

/** Text that is part of the picture, where the job translates it or has it painted over. */
export const readPicture: Step<Recognized, PictureRead> = {
  name: 'Reading text in the picture',
  weight: 14,
  async run(work, onProgress) {
    const { settings, probed, mediaPath, warnings } = work;
    const { textSource, detext } = settings;
    const translated = textSource !== 'SubtitleFile' && textSource !== 'ASR';
    if (mediaPath === undefined || probed?.video === undefined || !(translated || detext === 'Auto')) {
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
  const made = fingerprint(await fileFingerprint(path), area, language, reader.name);
  return await remembered<BurnedTextOutcome>(
    runOfStep(run, 'read'),
    `burned ${made}`,
    () =>
      readBurnedText(
        { path, seconds, width, height, area, language, scratch, signal, onProgress },
        { media, reader },
      ),
    ({ kind }) => kind === 'read',
  );
}
