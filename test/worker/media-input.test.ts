import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { json, rawCall } from '../support/raw-call.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

async function submitted(server: TestServer, name: string): Promise<{ MediaId: string; JobId: string }> {
  const InputURL = `oss://missing-bucket/${name}.wav`;
  const { MediaId } = json(await rawCall(server, 'RegisterMediaInfo', { InputURL })) as { MediaId: string };
  const { JobId } = json(await rawCall(server, 'SubmitASRJob', { InputFile: MediaId })) as { JobId: string };
  return { MediaId, JobId };
}

test('a job looks its media id up when it runs', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'smartjobs-media-input-'));
  try {
    const before = await startTestServer({ SMARTJOBS_DATA_DIR: dataDir });
    const kept = await submitted(before, 'kept');
    const deleted = await submitted(before, 'deleted');
    await rawCall(before, 'DeleteMediaInfos', { MediaIds: deleted.MediaId });
    await before.stop();

    const server = await startTestServer({ SMARTJOBS_DATA_DIR: dataDir, SMARTJOBS_WORKERS: '1' });
    const failure = async (JobId: string): Promise<unknown> =>
      json(await rawCall(server, 'GetSmartHandleJob', { JobId }))['ErrorMessage'];
    try {
      // The address that it was registered for was looked for, and the id that is gone was not taken for an address.
      await vi.waitFor(
        async () => expect(await failure(kept.JobId)).toContain('no bucket "missing-bucket"'),
        20_000,
      );
      await vi.waitFor(
        async () => expect(await failure(deleted.JobId)).toContain(`no media '${deleted.MediaId}'`),
        20_000,
      );
    } finally {
      await server.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}, 60_000);
