/*
 * The process that a sherpa-onnx model lives in, started by sherpa-process.ts. It reads frames (frames.ts) from
 * standard input: first {"task","config"}, which it answers when the model is loaded, then one request after the
 * other. A native library that crashes, or that ends the process over a model it does not like, takes only this
 * process with it.
 *
 * An answer is {"ok": what the task says, "rss": bytes of memory} or {"error": a sentence, "rss"}.
 */
import { FrameReader, frameLine, type Frame } from './frames.ts';
import { loadSherpaAddon } from './sherpa-addon.ts';
import { SHERPA_TASKS, type SherpaMessage, type SherpaTask, type SherpaWorker } from './sherpa-tasks.ts';

let worker: SherpaWorker | undefined;

function handle({ json, bytes }: Frame): SherpaMessage {
  if (worker !== undefined) {
    return worker({ json, samples: new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4) });
  }
  const { task, config } = json as { task: SherpaTask; config: object };
  worker = SHERPA_TASKS[task](loadSherpaAddon(), config);
  return { json: null };
}

function answer(frame: Frame): void {
  let said: Record<string, unknown>;
  let samples: Float32Array | undefined;
  try {
    const message = handle(frame);
    said = { ok: message.json };
    samples = message.samples;
  } catch (error) {
    said = { error: error instanceof Error ? error.message : String(error) };
  }
  process.stdout.write(frameLine({ ...said, rss: process.memoryUsage.rss() }, samples?.byteLength ?? 0));
  if (samples !== undefined) {
    process.stdout.write(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
  }
}

const reader = new FrameReader((frame) => {
  answer(frame);
  // The library's streams hold megabytes each, but are small objects to V8, which would let hundreds of them lie.
  // Behind the answer, so that nobody waits for it.
  setImmediate(() => globalThis.gc?.());
});
for await (const chunk of process.stdin) reader.add(chunk as Buffer);
