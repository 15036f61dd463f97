import { spreadText } from '../engines/asr/timed-text.ts';
import type { SpokenSentence } from '../engines/tts/audio/join-speech.ts';
import { reservedMedia } from '../jobs/job-media.ts';
import type { JobResult } from '../jobs/smart-job.ts';
import type { ResultFile } from '../objects/result-files.ts';
import { subtitleCues } from '../engines/subtitles/subtitle-cues.ts';
import { srt, webVtt } from '../engines/subtitles/write-subtitles.ts';
import { done } from './step-outcomes.ts';
import type { Step } from './steps.ts';
import type { Cast, Encoded } from './tts-work.ts';

/**
 * The result as the API has it: the sentences and when each is heard, as for ASR. Subtitles beside it; where they
 * cannot be written, the details say why.
 */
export const writeSpeechResult: Step<Encoded, JobResult> = {
  name: 'Writing the result',
  weight: 1,
  async run(work) {
    const { run, parts, joined } = work;
    const { account, id, outputBucket, outputObject } = run.job;
    const { sentences, seconds } = joined;
    const outcome = await parts.resultFiles.write(account, id, subtitleFiles(sentences));
    if (outcome.kind === 'refused') run.log.warn({ reason: outcome.message }, 'no result files');
    await parts.workFiles.remove(account, [id]);
    const aiResult = JSON.stringify(sentences.map(({ content, from, to }) => ({ content, from, to })));
    const mediaId = reservedMedia(run.job);
    return done({
      ...{ output: aiResult, aiResult },
      ...(mediaId !== undefined && { mediaId }),
      mediaObject: `oss://${outputBucket}/${outputObject}`,
      ...(outcome.kind === 'written' && { files: outcome.files }),
      details: {
        ...describeVoices(work),
        Format: work.request.format,
        SampleRate: work.cast.sampleRate,
        AudioSeconds: Math.round(seconds * 100) / 100,
        ...(outcome.kind === 'refused' && { ResultFiles: outcome.message }),
      },
    });
  },
};

/** Long sentences take several cues; which of their words is heard when is taken from their letters. */
function subtitleFiles(sentences: readonly SpokenSentence[]): ResultFile[] {
  const cues = subtitleCues(
    sentences.map(({ content, from, to }) => ({ content, from, to, words: spreadText(content, [{ from, to }]) })),
  );
  return [
    { type: 'Srt', text: srt(cues) },
    { type: 'Vtt', text: webVtt(cues) },
  ];
}

function describeVoices({ cast, parts }: Cast): Record<string, string> {
  const chosen = [...cast.voices.values()];
  const each = (values: readonly (string | undefined)[], separator = ', '): string =>
    [...new Set(values.filter((value) => value !== undefined))].join(separator);
  const remark = each(
    chosen.map(({ standsIn }) => standsIn?.remark),
    ' ',
  );
  return {
    Engine: each(chosen.map(({ voice }) => parts.synthesis.engineOf(voice.id)?.name)),
    Voice: each(chosen.map(({ voice }) => voice.id)),
    ...(remark !== '' && { VoiceRemark: remark }),
    Language: each([...cast.voices.keys()]),
  };
}
