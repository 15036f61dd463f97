import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineAvailability } from '../../engines/engine-availability.ts';
import { mediaAvailability } from '../../engines/media/media-tools.ts';
import { limiter } from '../../engines/program-limits.ts';
import { sandboxHere } from '../../engines/sandbox.ts';
import { voiceActivityAvailability } from '../../engines/vad/voice-activity-availability.ts';
import { asrEngines } from '../../server/asr-engines.ts';
import type { Settings } from '../../server/settings.ts';
import { ok, type Check } from './check.ts';

/** Asks the engines themselves, as a job would. One speech recognizer is enough; each further one is a plus. */
export async function engineChecks(settings: Settings): Promise<Check[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'smartjobs-doctor-'));
  try {
    const media = settings.ffmpegPath === undefined ? {} : { ffmpegPath: settings.ffmpegPath };
    const reader = engineCheck('media', await mediaAvailability(media, scratch), true);
    const engines = await asrEngines(settings);
    const found = await Promise.all(engines.map((engine) => engine.availability(scratch)));
    const someReady = found.some(({ kind }) => kind === 'ready');
    const recognizers = engines.map(({ name }, index) =>
      engineCheck(`speech: ${name}`, found[index] ?? NOT_ASKED, !someReady),
    );
    const voice = engineCheck('voice activity', await voiceActivityAvailability(scratch), true);
    return [reader, voice, ...recognizers, await confinementCheck()];
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** How the programs that read what strangers send are held. */
async function confinementCheck(): Promise<Check> {
  const sandbox = await sandboxHere();
  const caps =
    limiter() === undefined ? 'no caps on memory (prlimit was not found)' : 'caps on memory, time and files';
  if (sandbox.kind === 'bubblewrap') return ok('confinement', `${caps}; sandbox without network (bubblewrap)`);
  const detail = `${caps}; no sandbox: bubblewrap is not installed, or may not make namespaces here`;
  return {
    name: 'confinement',
    state: 'optional',
    detail,
    remedy: 'Install bubblewrap, and allow user namespaces.',
  };
}

const NOT_ASKED: EngineAvailability = { kind: 'missing', reason: 'not asked', remedy: '' };

function engineCheck(name: string, found: EngineAvailability, isNeeded: boolean): Check {
  if (found.kind === 'ready') return { name, state: 'ok', detail: `${found.version} ${found.detail}`.trim() };
  return { name, state: isNeeded ? 'missing' : 'optional', detail: found.reason, remedy: found.remedy };
}
