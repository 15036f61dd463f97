import { writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { pocketSphinx } from '../../src/engines/asr/pocketsphinx.ts';
import { tesseract } from '../../src/engines/ocr/tesseract.ts';
import { apertium } from '../../src/engines/translation/apertium/apertium.ts';
import { espeakNg } from '../../src/engines/tts/espeak/espeak-ng.ts';
import type { AccountId } from '../../src/jobs/account.ts';
import { JobHints } from '../../src/jobs/job-hints.ts';
import { openFolderStore } from '../../src/objects/folder-store.ts';
import { parseObjectAddress } from '../../src/objects/object-address.ts';
import { ResultFiles } from '../../src/objects/result-files.ts';
import { WorkFiles } from '../../src/objects/work-files.ts';
import type { Pipeline } from '../../src/pipelines/pipeline.ts';
import { translationPipeline } from '../../src/pipelines/translation/translation-pipeline.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { POLL_TIMES, Worker } from '../../src/worker/worker.ts';
import { copiedInput } from '../support/run-job.ts';

/**
 * A worker in a process of its own, which translates the one job of the store. Writes a line for each step that begins,
 * and for each time that an engine is asked. Ends when the job has; or is killed where a step of this name begins, or
 * so many milliseconds later: by itself, since it would be further by some more or less when somebody else heard of it.
 */
const [folder = '', account = '', killAt = '', later = '0'] = process.argv.slice(2);

const plain = { seal: (_context: string, text: string) => text, open: (_context: string, text: string) => text };
const store = openSqliteStore({ path: join(folder, 'jobs.db'), clock: systemClock, seal: plain });
const objects = await openFolderStore(join(folder, 'objects'));
const scratchRoot = join(folder, 'scratch');
await mkdir(scratchRoot, { recursive: true });

const say = (line: string): void => void writeSync(1, `${line}\n`);
const [heard, translator, speaker] = [pocketSphinx(), apertium(), espeakNg()];
const pipeline = translationPipeline({
  ...{ fetchInput: copiedInput, fetchSubtitle: copiedInput, media: {}, objects, textReader: tesseract() },
  inputAddress: async (_account, input) => parseObjectAddress(input),
  recognition: {
    engines: [
      {
        ...heard,
        recognize: async (request) => {
          const outcome = await heard.recognize(request);
          say('recognized');
          return outcome;
        },
      },
    ],
  },
  translators: [
    {
      ...translator,
      translate: async (request) => {
        const outcome = await translator.translate(request);
        say('translated');
        return outcome;
      },
    },
  ],
  synthesis: {
    voices: await speaker.voices(),
    engineOf: () => ({
      ...speaker,
      synthesize: async (request) => {
        const outcome = await speaker.synthesize(request);
        say(`spoken ${request.spoken.map(({ text }) => text).join('')}`);
        return outcome;
      },
    }),
  },
  workFiles: new WorkFiles(objects),
  resultFiles: new ResultFiles(objects),
  mediaIds: store.media,
});

const dieIn = (milliseconds: number): void => {
  const die = (): boolean => process.kill(process.pid, 'SIGKILL');
  if (milliseconds === 0) die();
  else setTimeout(die, milliseconds);
};

const watched: Pipeline = {
  ...pipeline,
  run: async (run) => {
    let step = '';
    return await pipeline.run({
      ...run,
      report: (progress) => {
        if (progress.step !== step) {
          say(`step ${progress.step}`);
          if (progress.step === killAt) dieIn(Number(later));
        }
        ({ step } = progress);
        run.report(progress);
      },
    });
  },
};
const worker = new Worker(
  {
    ...{ jobs: store.jobs, pipelines: [watched], clock: systemClock, log: silentLogger, hints: new JobHints() },
    // A lease that is lost soon, so that the next worker need not wait for it long; but not by a crowded machine alone.
    ...{ times: { leaseMs: 4000, renewMs: 500, checkMs: 200 }, scratchRoot },
  },
  { name: 'doomed', slots: 1, graceMs: 0, poll: POLL_TIMES },
);
const ended = async (): Promise<number> => {
  const of = async (state: 'Finished' | 'Failed'): Promise<number> =>
    await store.jobs.count(account as AccountId, { state });
  return (await of('Finished')) + (await of('Failed'));
};
while ((await ended()) === 0) await pause(50);
await worker.stop();
await store.close();
process.exit(0);
