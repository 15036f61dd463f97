import type { Command } from 'commander';
import { submitVideoTranslationJob } from '../../operations/submit-video-translation-job.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withClient, withJson } from '../client-command.ts';
import { report, usageFailure, type Failure } from '../failure.ts';
import { howToPut, isLocalFile } from '../local-file.ts';
import { objectArgument, objectUrl } from '../object-argument.ts';
import { shellWord } from '../shell-word.ts';
import { submitJob, type SubmitOptions } from '../submit-job.ts';
import { optionNames, tableOptions, type WireParameters } from '../table-options.ts';

const { parameters } = submitVideoTranslationJob;
const TABLE = tableOptions(parameters, optionNames(parameters, ['InputConfig', 'OutputConfig', 'EditingConfig']));
const LEVELS = ['subtitle', 'speech'];

type TranslateOptions = SubmitOptions & {
  readonly to: string;
  readonly from?: string;
  readonly output: string;
  readonly level: string;
  readonly subtitle?: string;
  readonly srtType?: string;
  readonly textSource?: string;
  readonly detext?: string;
  readonly ocrArea?: string;
  readonly bilingual?: boolean;
  readonly fontSize?: string;
  readonly voice?: string;
  readonly skipSong?: boolean;
  readonly width?: string;
  readonly height?: string;
  readonly originalJobId?: string;
};

/** `submit translate oss://bucket/film.mp4 --from en --to es --output oss://bucket/film-es.mp4`. */
export function addSubmitTranslate(group: Command, cli: Cli): void {
  const command = group.command('translate').description(submitVideoTranslationJob.summary);
  command
    .argument('<input>', 'a video, a sound or a subtitle: oss://bucket/key, a public URL or a media id')
    .requiredOption('--to <languages>', 'the target languages, such as es or es,fr')
    .requiredOption(
      '--output <object>',
      'oss://bucket/key: .mp4 of a video, .wav of a sound, .srt or .vtt of a subtitle; {language_id} where there are several languages',
    )
    .option('--from <language>', 'the source language; default: the one that is heard')
    .option('--level <level>', 'subtitle (the other language is shown) or speech (it is spoken)', 'subtitle')
    .option('--subtitle <address>', 'a subtitle file that goes with the input: it is what is translated')
    .option('--srt-type <type>', 'SourceSrt, TargetSrt, BilingualSrtSrcFirst or BilingualSrtTgtFirst')
    .option('--text-source <source>', 'OCR_ASR, ASR, OCR or ALL')
    .option('--detext <areas>', 'paints over burned-in text: Auto or [[x,y,w,h],...] in fractions')
    .option('--ocr-area <area>', 'where text is read from the picture: Auto or [x,y,w,h]')
    .option('--bilingual', 'both languages in the subtitles')
    .option('--font-size <pixels>', '0 to 400; 0: no subtitles in the picture')
    .option('--voice <voice>', 'who speaks; see `voices`')
    .option('--skip-song', 'what is sung stays as it is')
    .option('--width <pixels>', '128 to 4096')
    .option('--height <pixels>', '128 to 4096')
    .option('--original-job-id <job-id>', 'a finished translation that --subtitle corrects');
  for (const option of TABLE.options) command.addOption(option);
  command.option('--watch', 'go on as `watch`');
  withJson(command).action(async (input: string, options: TranslateOptions) =>
    cli.exit(await submitTranslate(cli, input, options)),
  );
}

async function submitTranslate(cli: CliContext, input: string, options: TranslateOptions): Promise<ExitCode> {
  const { subtitle } = options;
  const read = isLocalFile(cli, input)
    ? usageFailure('Usage', howToPut(input, 'submit translate'))
    : subtitle !== undefined && isLocalFile(cli, subtitle)
      ? usageFailure('Usage', howToPut(subtitle, `submit translate ${shellWord(input)} --subtitle`))
      : readJob(input, options);
  if (read.kind === 'failure') return report(cli, read, options.json === true);
  return withClient(cli, options, (client) =>
    submitJob(cli, client, 'SubmitVideoTranslationJob', read.values, options),
  );
}

/** The server checks the values, which may be numbers in text. The name of the output tells what the input is. */
function readJob(input: string, options: TranslateOptions): WireParameters | Failure {
  const named = objectArgument(options.output);
  if (named.kind === 'failure') return named;
  const { level, subtitle, width, height } = options;
  if (!LEVELS.includes(level)) {
    return usageFailure('Usage', `'--level' is invalid, input: ${level}, value range: ${LEVELS.join(', ')}`);
  }
  const extension = /\.([a-z]+)$/i.exec(named.object.key)?.[1]?.toLowerCase() ?? '';
  const type = TYPES[extension] ?? 'Video';
  return TABLE.read(options, {
    InputConfig: JSON.stringify({ Type: type, Subtitle: subtitle, [type]: input }),
    OutputConfig: JSON.stringify({ MediaURL: objectUrl(named.object), Width: width, Height: height }),
    EditingConfig: JSON.stringify(editingConfig(options)),
  });
}

const TYPES: Readonly<Record<string, string>> = { wav: 'Audio', srt: 'Subtitle', vtt: 'Subtitle' };

function editingConfig(options: TranslateOptions): object {
  const { level, subtitle, ocrArea, originalJobId, voice, skipSong, fontSize } = options;
  const isSpeech = level === 'speech';
  const own = {
    OcrArea: ocrArea,
    OriginalJobId: originalJobId,
    ...(fontSize !== undefined && { SubtitleConfig: { FontSize: fontSize } }),
    ...(voice !== undefined && { VoiceConfig: { Voice: voice } }),
    ...(skipSong === true && { SkipSong: 1 }),
  };
  return {
    SourceLanguage: options.from,
    TargetLanguage: options.to,
    NeedSpeechTranslate: isSpeech,
    NeedFaceTranslate: false,
    TextSource: options.textSource ?? (subtitle === undefined ? undefined : 'SubtitleFile'),
    CustomSrtType: options.srtType,
    DetextArea: options.detext,
    BilingualSubtitle: options.bilingual,
    [isSpeech ? 'SpeechTranslate' : 'SubtitleTranslate']: own,
  };
}
