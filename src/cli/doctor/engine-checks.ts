import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineAvailability } from '../../engines/engine-availability.ts';
import { mediaAvailability } from '../../engines/media/media-tools.ts';
import { voiceActivityAvailability } from '../../engines/vad/voice-activity-availability.ts';
import { asrEngines } from '../../server/asr-engines.ts';
import type { Settings } from '../../server/settings.ts';
import type { Check } from './check.ts';

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
    return [reader, voice, ...recognizers];
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const NOT_ASKED: EngineAvailability = { kind: 'missing', reason: 'not asked', remedy: '' };

function engineCheck(name: string, found: EngineAvailability, isNeeded: boolean): Check {
  if (found.kind === 'ready') return { name, state: 'ok', detail: `${found.version} ${found.detail}`.trim() };
  return { name, state: isNeeded ? 'missing' : 'optional', detail: found.reason, remedy: found.remedy };
}
