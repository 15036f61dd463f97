import { createRequire } from 'node:module';
import type { EngineAvailability } from '../engine-availability.ts';
import type { InstalledModel } from '../models/model.ts';
import { requestLimit } from './model-runtime.ts';
import { modelRemedy, sherpaFailure } from './sherpa-failure.ts';
import type { SherpaPool } from './sherpa-pool.ts';
import type { SherpaConfiguration, SherpaRequest } from './sherpa-request.ts';

/** A second of silence, for models that want a sound. */
const SILENCE = new Float32Array(16_000);
export const SILENT_SECOND = { length: SILENCE.length, chunks: [SILENCE] };

/** For the doctor: loads the model and asks it something short. `detail` says what it is. */
export async function modelAvailability(
  pool: SherpaPool,
  model: Pick<InstalledModel, 'name'>,
  configuration: SherpaConfiguration,
  trial: Pick<SherpaRequest, 'json' | 'sound'>,
  detail: string,
): Promise<EngineAvailability> {
  const { signal } = new AbortController();
  const outcome = await pool.use(configuration, signal, async (loaded) => {
    return await loaded.ask({ ...trial, timeLimit: requestLimit(1), signal });
  });
  if (outcome.kind === 'answered') return { kind: 'ready', version: sherpaVersion(), detail };
  const failure = sherpaFailure(outcome, model, signal);
  const reason = `The model ${model.name} does not work: ${complaintIn(failure.detail)}`;
  return { kind: 'missing', reason, remedy: modelRemedy(model.name) };
}

/** What the library said first, or its exception, without the place in its sources. */
function complaintIn(detail: string): string {
  const lines = detail.trim().split('\n');
  const line = lines.find((candidate) => /^\s*what\(\):/.test(candidate)) ?? lines[0] ?? '';
  return line.replace(/^\s*what\(\):\s*/, '').replace(/^\S+\.(?:cc|h):\S+:\d+ /, '');
}

function sherpaVersion(): string {
  const { version } = createRequire(import.meta.url)('sherpa-onnx-node/package.json') as { version: string };
  return version;
}
