import { reservedMedia } from '../jobs/job-media.ts';
import type { JobResult } from '../jobs/smart-job.ts';
import type { ChartRendered } from './chart-work.ts';
import { publishOutput, settleMedia } from './publish-output.ts';
import { done } from './step-outcomes.ts';
import type { Step } from './steps.ts';

/** The video is put last: where it is, what belongs to it is. */
export const putTheVideo: Step<ChartRendered, JobResult> = {
  name: 'Writing the objects',
  weight: 3,
  async run(work) {
    const { run, parts, settings, rendered, table } = work;
    const { outputBucket: bucket, outputObject: key } = run.job;
    const poster = rendered.poster === undefined ? undefined : { path: rendered.poster, key: beside(key, 'png') };
    const gif = rendered.gif === undefined ? undefined : { path: rendered.gif, key: beside(key, 'gif') };
    // The segments are as large as the whole, and are needed no more.
    const forgetSegments = (): Promise<void> => parts.workFiles.remove(run.job.account, [run.job.id]);
    for (const file of [poster, gif, { path: rendered.video, key }]) {
      const failure = file === undefined ? undefined : await publishOutput(run, parts, file, forgetSegments);
      if (failure !== undefined) return failure;
    }
    await forgetSegments();
    await settleMedia(run, parts, rendered.duration);
    const mediaId = reservedMedia(run.job);
    return done({
      ...{ output: '', aiResult: '' },
      ...(mediaId !== undefined && { mediaId }),
      mediaObject: `oss://${bucket}/${key}`,
      details: {
        ...{ ChartType: settings.type, Style: settings.style },
        ...(table.sheet !== '' && { Sheet: table.sheet }),
        ...{ Rows: table.rows.length, Columns: table.columns.length },
        ...(table.notes.length > 0 && { Notes: table.notes.join(' ') }),
        ...{ Width: rendered.width, Height: rendered.height, FrameRate: settings.frameRate },
        ...{ Frames: rendered.frames, VideoSeconds: Math.round(rendered.duration * 1000) / 1000 },
        ...(poster !== undefined && { Poster: `oss://${bucket}/${poster.key}` }),
        ...(gif !== undefined && { Gif: `oss://${bucket}/${gif.key}` }),
      },
    });
  },
};

/** The key of the video with another extension. */
function beside(key: string, extension: string): string {
  return key.replace(/mp4$/i, extension);
}
