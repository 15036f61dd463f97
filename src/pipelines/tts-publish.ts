import { publishOutput, settleMedia } from './publish-output.ts';
import { done } from './step-outcomes.ts';
import type { Step } from './steps.ts';
import type { Encoded } from './tts-work.ts';

export const putOutput: Step<Encoded, Encoded> = {
  name: 'Writing the object',
  weight: 2,
  async run(work) {
    const { run, parts, outPath, joined } = work;
    const { account, id, outputObject } = run.job;
    // The chunks are as large as the whole, and are needed no more.
    const makeRoom = (): Promise<unknown> => parts.workFiles.remove(account, [id]);
    const failure = await publishOutput(run, parts, { path: outPath, key: outputObject }, makeRoom);
    if (failure !== undefined) return failure;
    await settleMedia(run, parts, joined.seconds);
    return done(work);
  },
};
