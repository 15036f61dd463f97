import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { MODEL_TASKS } from './model.ts';

/** Lies beside the folder `files` of an installed model and says what it is. */
export const RECORD_FILE = 'model.json';

/** Holds what was in the archive, so that no file of a model can pass for its record. */
export const FILES_FOLDER = 'files';

/** What may stand as the name of a model, and so of its folder: no separators, no hidden names. */
export const MODEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export const LANGUAGE_TAG = /^[a-z]{2,3}$/;

const SHA256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Relative to the folder `files`, with forward slashes, never out of it. */
const filePath = z
  .string()
  .max(1024)
  .refine((path) => path.split('/').every((part) => !['', '.', '..'].includes(part)), 'leads out of the folder');

const modelRecord = z.object({
  format: z.literal(1),
  name: z.string().regex(MODEL_NAME),
  task: z.enum(MODEL_TASKS),
  family: z.string().min(1).max(64),
  /** BCP 47 primary tags; empty = it does not depend on the language. */
  languages: z.array(z.string().regex(LANGUAGE_TAG)).max(200),
  licence: z.string().max(200),
  /** The files that it is loaded from, by role; several where a role takes more than one. */
  files: z.record(z.string(), z.union([filePath, z.array(filePath).min(1)])),
  /** Of all its files together. */
  bytes: z.number().int().nonnegative(),
  /** What it was installed from. */
  sources: z.array(
    z.object({
      file: z.string(),
      bytes: z.number().int().nonnegative(),
      sha256: SHA256,
      /** `catalog`: the hash is the one that the catalog demands. `computed`: nobody had said which it must be. */
      trust: z.enum(['catalog', 'computed']),
    }),
  ),
  /** ISO 8601, UTC. */
  installedAt: z.string(),
});

export type ModelRecord = Readonly<z.infer<typeof modelRecord>>;

export type ReadRecord =
  | { readonly kind: 'record'; readonly record: ModelRecord }
  /** @param reason a sentence without a full stop, such as `model.json cannot be read: …` */
  | { readonly kind: 'broken'; readonly reason: string };

/** @param folder of the model, absolute */
export async function readModelRecord(folder: string): Promise<ReadRecord> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(join(folder, RECORD_FILE), 'utf8'));
  } catch (error) {
    return { kind: 'broken', reason: `${RECORD_FILE} cannot be read: ${(error as Error).message}` };
  }
  const parsed = modelRecord.safeParse(json);
  if (parsed.success) return { kind: 'record', record: parsed.data };
  const [issue] = parsed.error.issues;
  return { kind: 'broken', reason: `${RECORD_FILE} is not valid at ${issue?.path.join('.')}: ${issue?.message}` };
}

/** The files of each role, as lists, relative to the folder `files`. */
export function roleFiles({ files }: Pick<ModelRecord, 'files'>): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(files).map(([role, paths]) => [role, typeof paths === 'string' ? [paths] : paths]));
}
