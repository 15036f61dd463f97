import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What stands behind a URL that is open to whoever has it. */
export async function fetched(url: string): Promise<Buffer> {
  const response = await fetch(url);
  if (response.status !== 200) throw new Error(`${url} answers ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

/** What ffprobe, an independent reader, says of a file. */
export type Probed = {
  /** Of the first stream. */
  readonly stream: Readonly<Record<string, unknown>>;
  readonly seconds: number;
};

export async function probed(path: string): Promise<Probed> {
  const args = ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', path];
  const { stdout } = await promisify(execFile)('ffprobe', args);
  const { streams, format } = JSON.parse(stdout) as { streams: Probed['stream'][]; format: { duration?: string } };
  return { stream: streams[0] ?? {}, seconds: Number(format.duration) };
}

export async function probedUrl(url: string): Promise<Probed> {
  const folder = await mkdtemp(join(tmpdir(), 'probed-'));
  try {
    await writeFile(join(folder, 'fetched'), await fetched(url));
    return await probed(join(folder, 'fetched'));
  } finally {
    await rm(folder, { recursive: true });
  }
}
