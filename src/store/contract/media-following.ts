import { describe, expect, test } from 'vitest';
import { jobFailure } from '../../jobs/job-failure.ts';
import type { MediaOutput } from '../../jobs/media-entry.ts';
import type { SmartJob } from '../../jobs/smart-job.ts';
import { eachWithMedia, mediaDraft, type MakeMediaHome, type MediaFixture } from './media-fixture.ts';
import { ALICE, draft } from './sample-jobs.ts';

const FAILURE = jobFailure('EngineFailed', 'It gave up.');
const ADDRESS = 'oss://b/a.mp3';
const OUTPUT: MediaOutput = { inputUrl: ADDRESS, address: ADDRESS, mediaType: 'audio', title: '', userData: '' };

/** The media that was reserved for a job's output goes where the job goes, whoever moves it, in the same step. */
export function mediaFollowingSuite(makeHome: MakeMediaHome): void {
  describe('media of jobs', () => {
    const fixture = eachWithMedia(makeHome);
    const submitted = async (): Promise<Reserved> => await reserved(fixture());

    test('is Preparing while the job waits and runs, and where it was handed back', async () => {
      const { jobs, status } = await submitted();
      expect(await status()).toBe('Preparing');
      const claimed = await jobs.claim('w', 1000);
      expect(await status()).toBe('Preparing');
      await jobs.handBack(claimed!.lease);
      expect(await status()).toBe('Preparing');
    });

    test('is what the run made of it when the job Finishes, also when that job is deleted later', async () => {
      const { jobs, job, status, mediaId } = await submitted();
      const claimed = await jobs.claim('w', 1000);
      await fixture().store.settle(ALICE, mediaId, { status: 'Normal', duration: 2 });
      await jobs.finish(claimed!.lease, { output: '[]', aiResult: '[]' });
      expect(await status()).toBe('Normal');
      await jobs.delete(ALICE, [job.id]);
      expect(await status()).toBe('Normal');
      expect((await fixture().store.get(ALICE, { mediaId }))?.duration).toBe(2);
    });

    test('cannot be prepared where the job fails, is canceled, or is lost with its workers', async () => {
      const failing = await submitted();
      const claimed = await failing.jobs.claim('w', 1000);
      await failing.jobs.fail(claimed!.lease, FAILURE);
      expect(await failing.status()).toBe('PrepareFail');

      const canceled = await submitted();
      await canceled.jobs.cancel(ALICE, canceled.job.id, FAILURE);
      expect(await canceled.status()).toBe('PrepareFail');

      const lost = await submitted();
      for (let attempt = 0; attempt < 4; attempt += 1) {
        await lost.jobs.claim('w', 1000);
        fixture().clock.advance(2000);
      }
      expect(await lost.status()).toBe('PrepareFail');
    });

    test('is Preparing again when the job is retried', async () => {
      const { jobs, job, status } = await submitted();
      await jobs.cancel(ALICE, job.id, FAILURE);
      await jobs.retry(ALICE, job.id);
      expect(await status()).toBe('Preparing');
    });

    test('cannot be prepared where the job was deleted before it was Finished', async () => {
      const { jobs, job, status } = await submitted();
      fixture().clock.advance(5000);
      await jobs.delete(ALICE, [job.id]);
      expect(await status()).toBe('PrepareFail');
    });

    test('that was deleted does not come back, and no other media changes', async () => {
      const { jobs, job, mediaId, status } = await submitted();
      const other = await fixture().register(mediaDraft('b.mp3'));
      await fixture().store.delete(ALICE, [{ mediaId }]);
      await jobs.cancel(ALICE, job.id, FAILURE);
      expect(await status()).toBeUndefined();
      expect(await fixture().store.get(ALICE, { mediaId: other.mediaId })).toEqual(other);
    });
  });
}

type Reserved = {
  readonly jobs: MediaFixture['jobs'];
  readonly job: SmartJob;
  readonly mediaId: string;
  readonly status: () => Promise<string | undefined>;
};

async function reserved(fixture: MediaFixture): Promise<Reserved> {
  const { mediaId } = await fixture.store.reserve(ALICE, OUTPUT);
  const job = await fixture.jobs.submit(ALICE, draft({ type: 'TextToSpeech', parameters: { MediaId: mediaId } }));
  return {
    ...{ jobs: fixture.jobs, job, mediaId },
    status: async () => (await fixture.store.get(ALICE, { mediaId }))?.status,
  };
}
