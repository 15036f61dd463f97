import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a running server is reached, for the client commands that share its data folder. */
export type ServerFacts = {
  readonly endpoint: string;
  readonly objects: string;
  readonly region: string;
  readonly pid: number;
};

/** `server.json` in the data folder: there while the server runs. */
export async function writeServerFile(dataDir: string, facts: ServerFacts): Promise<void> {
  await writeFile(serverFile(dataDir), `${JSON.stringify(facts, null, 2)}\n`);
}

export async function removeServerFile(dataDir: string): Promise<void> {
  await rm(serverFile(dataDir), { force: true });
}

function serverFile(dataDir: string): string {
  return join(dataDir, 'server.json');
}
