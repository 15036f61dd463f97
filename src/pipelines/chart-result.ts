import { reservedMedia } from '../jobs/job-media.ts';
import type { JobFileType, JobResult } from '../jobs/smart-job.ts';
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
    // The segments are as large as the whole, and are needed no more.
    const forgetSegments = (): Promise<void> => parts.workFiles.remove(run.job.account, [run.job.id]);
    const files: Partial<Record<JobFileType, string>> = {};
    for (const { type, path, extension } of pictures(work)) {
      const picture = { path, key: key.replace(/mp4$/i, extension) };
      const failure = await publishOutput(run, parts, picture, forgetSegments);
      if (failure !== undefined) return failure;
      files[type] = `oss://${bucket}/${picture.key}`;
    }
    const failure = await publishOutput(run, parts, { path: rendered.video, key }, forgetSegments);
    if (failure !== undefined) return failure;
    await forgetSegments();
    await settleMedia(run, parts, rendered.duration);
    const mediaId = reservedMedia(run.job);
    return done({
      ...{ output: '', aiResult: '' },
      ...(mediaId !== undefined && { mediaId }),
      mediaObject: `oss://${bucket}/${key}`,
      ...(Object.keys(files).length > 0 && { files }),
      details: {
        ...{ ChartType: settings.type, Style: settings.style },
        ...(table.sheet !== '' && { Sheet: table.sheet }),
        ...{ Rows: table.rows.length, Columns: table.columns.length },
        ...(table.notes.length > 0 && { Notes: table.notes.join(' ') }),
        ...{ Width: rendered.width, Height: rendered.height, FrameRate: settings.frameRate },
        ...{ Frames: rendered.frames, VideoSeconds: Math.round(rendered.duration * 1000) / 1000 },
        ...files,
      },
    });
  },
};

type Picture = { readonly type: 'Poster' | 'Gif'; readonly path: string; readonly extension: string };

/** What goes beside the video, under its name with another extension. */
function pictures({ rendered: { poster, gif } }: ChartRendered): Picture[] {
  return [
    ...(poster === undefined ? [] : [{ type: 'Poster' as const, path: poster, extension: 'png' }]),
    ...(gif === undefined ? [] : [{ type: 'Gif' as const, path: gif, extension: 'gif' }]),
  ];
}
