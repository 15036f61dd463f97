import { describe, expect, test } from 'vitest';
import { creationTime } from '../../jobs/job-id.ts';
import { listedJob } from '../../jobs/listed-job.ts';
import { ALICE, AWKWARD_STRINGS, BOB, draft, NOBODY, START, UNKNOWN_ID } from './sample-jobs.ts';
import { eachWithStore, type MakeHome } from './store-fixture.ts';

function submittingContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);

  test('a submitted job is Created, with what was given and the time in its id', async () => {
    const { store } = fixture();
    const job = await store.submit(ALICE, draft());
    expect(job).toEqual({
      ...draft(),
      account: ALICE,
      id: job.id,
      state: 'Created',
      createdAt: START,
      modifiedAt: START,
      attempts: 0,
    });
    expect(creationTime(job.id)).toBe(START);
    await expect(store.get(ALICE, job.id)).resolves.toEqual(job);
  });

  test('a job without a title is titled by its creation time', async () => {
    const { store } = fixture();
    const job = await store.submit(ALICE, draft({ title: '' }));
    expect(job.title).toBe('default_title_2026-01-02T03:04:05Z');
  });

  test.each(AWKWARD_STRINGS)('strings come back as they were given: %j', async (text) => {
    const { store } = fixture();
    const given = draft({
      title: text,
      description: text,
      userData: text,
      editingConfig: text,
      inputFile: text,
      keyword: text,
      outputBucket: text,
      outputObject: text,
      parameters: Object.fromEntries([[text, text]]),
    });
    const { id } = await store.submit(ALICE, given);
    const job = await store.get(ALICE, id);
    expect(job).toMatchObject(given);
    expect(Object.entries(job?.parameters ?? {})).toEqual([[text, text]]);
  });
}

function placeContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);

  test('jobs of one millisecond have rising ids in the order of their submits', async () => {
    const { store } = fixture();
    const jobs = await Promise.all(Array.from({ length: 300 }, () => store.submit(ALICE, draft())));
    const ids = jobs.map(({ id }) => id);
    expect(new Set(ids).size).toBe(300);
    expect(ids.toSorted()).toEqual(ids);
  });

  test('ids rise although the clock goes back', async () => {
    const { store, clock } = fixture();
    const before = await store.submit(ALICE, draft());
    clock.advance(-3_600_000);
    const after = await store.submit(ALICE, draft());
    expect(after.id > before.id).toBe(true);
    expect(after.createdAt).toBeGreaterThanOrEqual(before.createdAt);
  });

  test('a job of another account is unknown, as is an id that never was', async () => {
    const { store } = fixture();
    const job = await store.submit(ALICE, draft());
    await store.submit(BOB, draft());
    await expect(store.get(BOB, job.id)).resolves.toBeUndefined();
    await expect(store.get(NOBODY, job.id)).resolves.toBeUndefined();
    await expect(store.get(ALICE, UNKNOWN_ID)).resolves.toBeUndefined();
  });

  test('a listed job is the text of the job', async () => {
    const { store } = fixture();
    const job = await store.submit(BOB, draft({ keyword: 'k', outputBucket: 'b' }));
    const page = await store.list(BOB, { filter: {}, order: 'Desc', start: { pageNumber: 1 }, size: 10 });
    expect(page).toEqual({ jobs: [JSON.stringify(listedJob(job))] });
  });
}

function restartContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);

  test('a restart keeps jobs, counts and the order of ids', async () => {
    const home = fixture();
    await home.submit({ type: 'TextToSpeech' });
    const { lease } = await home.claim();
    await home.store.finish(lease, { output: 'out', aiResult: 'result' });
    const finished = await home.store.get(ALICE, lease.jobId);
    const newest = await home.submit();
    await home.store.delete(ALICE, [newest]);
    await home.reopen();
    await expect(home.store.get(ALICE, lease.jobId)).resolves.toEqual(finished);
    await expect(home.store.count(ALICE, { type: 'TextToSpeech', state: 'Finished' })).resolves.toBe(1);
    const next = await home.submit();
    expect(next > newest, 'the id of a deleted job is not passed below').toBe(true);
  });

  test('a job that was executing at the restart is claimed again when its lease has run out', async () => {
    const home = fixture();
    const id = await home.submit();
    const { lease } = await home.claim();
    await home.reopen();
    home.clock.advance(30_000);
    const again = await home.claim();
    expect(again).toMatchObject({ job: { id, attempts: 2 }, lease: { epoch: lease.epoch + 1 } });
    await expect(home.store.finish(lease, { output: '', aiResult: '' })).resolves.toBe(false);
  });
}

export function submittingSuite(makeHome: MakeHome): void {
  describe('submit', () => {
    submittingContract(makeHome);
  });
  describe('place', () => {
    placeContract(makeHome);
  });
  describe('restart', () => {
    restartContract(makeHome);
  });
}
