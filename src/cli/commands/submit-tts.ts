import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { submitAudioProduceJob } from '../../operations/submit-audio-produce-job.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withClient, withJson } from '../client-command.ts';
import { report, usageFailure, type Failure } from '../failure.ts';
import { objectArgument } from '../object-argument.ts';
import { submitJob, type SubmitOptions } from '../submit-job.ts';
import { optionNames, tableOptions, type WireParameters } from '../table-options.ts';

const CONFIGS = ['EditingConfig', 'InputConfig', 'OutputConfig'];
const { parameters } = submitAudioProduceJob;
const TABLE = tableOptions(parameters, optionNames(parameters, CONFIGS));

type TtsOptions = SubmitOptions & {
  readonly file?: string;
  readonly voice?: string;
  readonly format?: string;
  readonly rate?: string;
  readonly pitch?: string;
  readonly volume?: string;
  readonly sampleRate?: string;
};

/** `submit tts TEXT oss://bucket/key`, or `submit tts -f FILE oss://bucket/key`. */
export function addSubmitTts(group: Command, cli: Cli): void {
  const command = group.command('tts').description(submitAudioProduceJob.summary);
  command
    .argument('<text>', 'the text to speak, plain or SSML; with -f, the output')
    .argument('[output]', 'oss://bucket/key; an extension .mp3, .wav or .pcm chooses the format')
    .option('-f, --file <file>', 'read the text from a file; - is standard input')
    .option('--voice <id>', 'a voice of `smartjobs voices`')
    .option('--format <format>', 'mp3, wav or pcm')
    .option('--rate <number>', 'speech rate, -500 to 500')
    .option('--pitch <number>', 'pitch rate, -500 to 500')
    .option('--volume <number>', '0 to 100')
    .option('--sample-rate <hertz>', '8000, 16000, 22050, 24000 or 48000');
  for (const option of TABLE.options) command.addOption(option);
  command.option('--watch', 'go on as `watch`');
  withJson(command).action(async (first: string, second: string | undefined, options: TtsOptions) =>
    cli.exit(await submitTts(cli, first, second, options)),
  );
}

async function submitTts(
  cli: CliContext,
  first: string,
  second: string | undefined,
  options: TtsOptions,
): Promise<ExitCode> {
  const read = await readJob(cli, first, second, options);
  if (read.kind === 'failure') return report(cli, read, options.json === true);
  return withClient(cli, options, (client) =>
    submitJob(cli, client, 'SubmitAudioProduceJob', read.values, options),
  );
}

async function readJob(
  cli: CliContext,
  first: string,
  second: string | undefined,
  options: TtsOptions,
): Promise<WireParameters | Failure> {
  const { file } = options;
  if ((file === undefined) === (second === undefined)) {
    return usageFailure('Usage', 'Give a text and oss://bucket/key, or -f FILE and oss://bucket/key.');
  }
  const output = objectArgument(second ?? first);
  if (output.kind === 'failure') return output;
  const text = file === undefined ? first : await readText(cli, file);
  if (typeof text !== 'string') return text;
  const { bucket, key } = output.object;
  return TABLE.read(options, {
    InputConfig: text,
    EditingConfig: JSON.stringify(editingConfig(options, key)),
    OutputConfig: JSON.stringify({ bucket, object: key }),
  });
}

async function readText(cli: CliContext, file: string): Promise<string | Failure> {
  try {
    return await readFile(file === '-' ? '/dev/stdin' : resolve(cli.cwd, file), 'utf8');
  } catch (error) {
    return usageFailure('Usage', `${file} cannot be read: ${error instanceof Error ? error.message : 'unknown'}`);
  }
}

/** The server checks the values, which may be numbers in text. */
function editingConfig(options: TtsOptions, key: string): Record<string, string | undefined> {
  const { voice, rate, pitch, volume, sampleRate } = options;
  const format = options.format ?? /\.(mp3|wav|pcm)$/i.exec(key)?.[1];
  return { voice, format, speech_rate: rate, pitch_rate: pitch, volume, sample_rate: sampleRate };
}
