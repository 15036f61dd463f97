import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { reservedMediaIds } from '../../jobs/job-media.ts';
import { done } from '../step-outcomes.ts';
import type { Step, StepOutcome } from '../steps.ts';
import { rememberMade, type MadeTarget } from './made-target.ts';
import { publishExtras, publishMain } from './publish-target.ts';
import { madeFrom } from './start-targets.ts';
import { besides, subtitleFiles, writeSubtitle, type TargetFile } from './target-files.ts';
import { targetVideo } from './target-video.ts';
import type { TranslationTarget } from './translation-settings.ts';
import { isMade, type CurrentTarget, type Translating } from './translation-work.ts';

/** The objects of a target: what belongs to it first, the one that the caller named last. */
export function renderTarget(target: TranslationTarget): Step<Translating, Translating> {
  return {
    name: `Making ${target.language}`,
    weight: 18,
    async run(work, onProgress) {
      const { current } = work;
      if (current === undefined || isMade(work, target)) return done(work);
      const main = await mainFile(work, current, onProgress);
      if (main.kind === 'failed') return main;
      const { path, warnings } = main.value;
      const { subtitle, bilingual } = await subtitleFiles(work.run.scratch, target, current.lines);
      const audio = audioFile(work, current);
      const isSubtitle = work.settings.input.type === 'Subtitle';
      const extras = [isSubtitle ? undefined : subtitle, bilingual, audio].filter((file) => file !== undefined);
      const published = await publishExtras(work, extras);
      const failure = await publishMain(work, path, target.key);
      if (failure !== undefined) return failure;
      const made = madeTarget(work, current, {
        ...{ subtitle, bilingual, audio },
        ...{ written: published.written, warnings: [...current.warnings, ...warnings, ...published.warnings] },
      });
      await rememberMade(work.run, made);
      await rm(path, { force: true });
      if (current.dub !== undefined) await rm(current.dub.wavPath, { force: true });
      const { current: _, ...rest } = work;
      return done({ ...rest, made: [...work.made, made] });
    },
  };
}

type Main = { readonly path: string; readonly warnings: readonly string[] };

async function mainFile(
  work: Translating,
  current: CurrentTarget,
  onProgress: (fraction: number) => void,
): Promise<StepOutcome<Main>> {
  const { run, settings } = work;
  const { language } = current.target;
  switch (settings.input.type) {
    case 'Video':
      return await targetVideo(work, current, onProgress);
    case 'Audio': {
      if (current.dub === undefined) throw new Error('a translation of sound is spoken');
      return done({ path: current.dub.wavPath, warnings: [] });
    }
    case 'Subtitle': {
      const isWebVtt = /\.vtt$/i.test(current.target.key);
      const path = join(run.scratch, `${language}-main.${isWebVtt ? 'vtt' : 'srt'}`);
      await writeSubtitle(path, current.lines, language, settings.bilingual ? 'BilingualSrtSrcFirst' : 'TargetSrt');
      return done({ path, warnings: [] });
    }
  }
}

/** Of a video, the sound alone. */
function audioFile({ settings }: Translating, { target, dub }: CurrentTarget): TargetFile | undefined {
  if (dub === undefined || settings.input.type !== 'Video') return undefined;
  return { path: dub.wavPath, ...besides(target, '.wav') };
}

type Files = {
  readonly subtitle: TargetFile;
  readonly bilingual: TargetFile;
  readonly audio: TargetFile | undefined;
  readonly written: ReadonlySet<TargetFile>;
  readonly warnings: readonly string[];
};

function madeTarget(
  work: Translating,
  { target, lines, translator, translatorReason, dub }: CurrentTarget,
  { subtitle, bilingual, audio, written, warnings }: Files,
): MadeTarget {
  const isSubtitle = work.settings.input.type === 'Subtitle';
  const subtitleUrl = isSubtitle ? target.mediaUrl : subtitle.url;
  const hasSubtitle = isSubtitle || written.has(subtitle);
  const audioUrl = work.settings.input.type === 'Audio' ? target.mediaUrl : audio?.url;
  const hasAudio = work.settings.input.type === 'Audio' || (audio !== undefined && written.has(audio));
  return {
    ...{ target, lines, translator, warnings, made: madeFrom(work, target.language) },
    mediaId: reservedMediaIds(work.run.job)[work.targets.indexOf(target)],
    ...(translatorReason !== undefined && { translatorReason }),
    ...(hasAudio && audioUrl !== undefined && { audioUrl }),
    ...(hasSubtitle && { subtitleUrl, subtitleForFixUrl: subtitleUrl }),
    ...(written.has(bilingual) && { bilingualSubtitleUrl: bilingual.url }),
    ...{ report: dub?.report ?? [], voices: dub?.voices ?? [] },
  };
}
