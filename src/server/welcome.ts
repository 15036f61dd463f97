import { relative } from 'node:path';
import type { RootKeyNotice } from './root-key.ts';

type Facts = {
  readonly endpoint: string;
  readonly objects: string;
  readonly dataDir: string;
  readonly account: string;
  readonly rootKey: RootKeyNotice;
  readonly workers: number;
  /** The engine that will recognize speech, or what is missing for one. */
  readonly recognition: string;
  /** What speaks, or what is missing for it. */
  readonly synthesis: string;
  /** What translates, or what is missing for it. */
  readonly translation: string;
  /** Of the recording in the samples bucket; absent where there is none. */
  readonly sample: string | undefined;
};

/** The text for whoever started the server; it ends with the one line to copy that shows a job run. */
export function welcome(facts: Facts): string {
  const rows = [
    ['endpoint', facts.endpoint],
    ['objects', facts.objects],
    ['data', facts.dataDir],
    ['account', facts.account],
    ['access key', facts.rootKey.accessKeyId],
    ['its secret', facts.rootKey.secretLies],
    ['workers', facts.workers === 0 ? 'none: this process serves the API alone' : `${facts.workers} at a time`],
    ['recognition', facts.recognition],
    ['synthesis', facts.synthesis],
    ['translation', facts.translation],
  ];
  const table = rows.map(([name, value]) => `  ${(name ?? '').padEnd(12)} ${value}`).join('\n');
  const intro = `smartjobs is running.\n\n${table}\n`;
  if (facts.sample === undefined) return `${intro}\nClient configuration to paste: npx smartjobs env\n`;
  const here = dataDirPrefix(facts.dataDir);
  return `${intro}
Client configuration to paste: ${here}npx smartjobs env
See a job run, from another terminal:

  ${here}npx smartjobs submit asr ${facts.sample} --watch
`;
}

/** The client commands look into ./data by themselves. */
function dataDirPrefix(dataDir: string): string {
  return relative(process.cwd(), dataDir) === 'data' ? '' : `SMARTJOBS_DATA_DIR='${dataDir}' `;
}
