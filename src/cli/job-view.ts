import type { JobAnswer } from '../client/answers.ts';
import { paintState, type Paint } from './paint.ts';
import { printable } from './printable-text.ts';
import { clockTime, parseTranscript } from './transcript.ts';
import { translationView } from './translation-view.ts';

/**
 * A job as people read it: its facts one a line, then its result.
 * @param withFiles whether engine and result files are among the facts
 */
export function jobView(job: JobAnswer, paint: Paint, withFiles: boolean): string {
  const lines = facts(job, paint, withFiles).map(
    ([name, value]) => `${paint('dim', name.padEnd(NAME_WIDTH))}${value}`,
  );
  const result = resultLines(job, paint);
  return [...lines, ...(result.length === 0 ? [] : ['', ...result])].join('\n');
}

const NAME_WIDTH = 13;

function facts(job: JobAnswer, paint: Paint, withFiles: boolean): (readonly [string, string])[] {
  const info = job.SmartJobInfo;
  const { Bucket = '', Object: key = '' } = info.OutputConfig;
  const rows: [string, string | undefined][] = [
    ['Job', job.JobId],
    ['Title', info.Title],
    ['Description', info.Description],
    ['Type', info.JobType],
    ['State', job.State],
    ['Progress', progressText(job)],
    ['Created', info.CreateTime],
    ['Modified', info.ModifiedTime],
    ['Input', info.InputConfig.InputFile],
    ['Output', Bucket === '' ? '' : `oss://${Bucket}/${key}`],
    ['User data', job.UserData],
    ...(withFiles ? outcomeFacts(job) : []),
    ['Error', job.ErrorCode === undefined ? '' : `${job.ErrorCode}: ${job.ErrorMessage ?? ''}`],
  ];
  return rows
    .filter((row): row is [string, string] => row[1] !== undefined && row[1] !== '')
    .map(([name, value]) => [name, name === 'State' ? paintState(paint, printable(value)) : printable(value)]);
}

/** What `smartjobs fetch` brings: `Srt file     oss://…`. */
function outcomeFacts({ JobResult: result }: JobAnswer): [string, string | undefined][] {
  const files = (result?.ResultFiles ?? []).map(({ Type, Object: object }): [string, string] => [
    `${Type} file`,
    object,
  ]);
  return [
    ['Engine', shown(result?.Details?.['Engine'])],
    ['Voice', shown(result?.Details?.['Voice'])],
    ['Language', shown(result?.Details?.['Language'])],
    ['Media id', result?.MediaId],
    ...files,
  ];
}

function shown(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function progressText({ State, Progress }: JobAnswer): string {
  if (State !== 'Executing' || Progress === undefined) return '';
  return `${Progress.Percent} % ${Progress.Step}`.trim();
}

/** `[0:01.2 → 0:03.4] text`, one segment a line; anything that is no transcript as it came. */
function resultLines(job: JobAnswer, paint: Paint): string[] {
  const text = job.JobResult?.AiResult || job.Output || '';
  if (job.State !== 'Finished' || text === '') return [];
  const segments = parseTranscript(text);
  if (segments === undefined) return (translationView(text) ?? [text]).map(printable);
  return segments.map(({ content, from, to }) => {
    const times = `[${clockTime(from)} → ${clockTime(to)}]`;
    return `${paint('dim', times)} ${printable(content)}`;
  });
}
