import { loadMasterKey, type MasterKey, type MasterKeySource } from '../auth/master-key.ts';
import { replaceKeyFile } from '../auth/master-key-file.ts';
import { open, seal } from '../auth/seal.ts';
import type { SecretSeal } from '../store/sqlite/key-secrets.ts';
import type { ServerFacts } from '../store/sqlite/server-facts.ts';
import { PAGE_TOKEN_KEY } from './server-secrets.ts';
import { StartUpProblem } from './start-up-problem.ts';

/** The master key as the store takes it. */
export function sealOf(key: MasterKey): SecretSeal {
  return {
    seal: (context, secret) => seal(key, context, secret),
    open: (context, sealed) => open(key, context, sealed),
  };
}

/**
 * The seal of a store that is being opened. A rotation that was cut off leaves two keys: which of them is in force
 * shows only once the store can be read, and nothing is sealed before.
 */
export class MasterSeal implements SecretSeal {
  readonly #source: MasterKeySource;
  readonly #file: string;
  readonly #keys: readonly MasterKey[];
  #inForce: SecretSeal | undefined;

  /**
   * @param file `master.key` in the data folder
   * @throws StartUpProblem where there is no key
   */
  constructor(source: MasterKeySource, file: string, sealedBefore: boolean) {
    const loaded = loadMasterKey(source, file, sealedBefore);
    if (loaded.kind === 'unusable') throw new StartUpProblem(loaded.message);
    this.#source = source;
    this.#file = file;
    this.#keys = loaded.keys;
  }

  /**
   * Finds the key that is in force: the one that opens the store's first secret. A new store takes the only one.
   * @throws StartUpProblem where none does; nothing was written then
   */
  settle(facts: ServerFacts): void {
    const sealed = facts.get(PAGE_TOKEN_KEY);
    const key = this.#keys.find((candidate) => sealed === undefined || opens(candidate, sealed));
    if (key === undefined) throw new StartUpProblem(wrongKey(this.#source, this.#file));
    if (this.#keys.length > 1) replaceKeyFile(this.#file, [key]);
    this.#inForce = sealOf(key);
  }

  seal(context: string, secret: string): string {
    return this.#settled.seal(context, secret);
  }

  open(context: string, sealed: string): string | undefined {
    return this.#settled.open(context, sealed);
  }

  get #settled(): SecretSeal {
    if (this.#inForce === undefined) throw new Error('The master key is used before it is settled.');
    return this.#inForce;
  }
}

function opens(key: MasterKey, sealed: string): boolean {
  return open(key, PAGE_TOKEN_KEY, sealed) !== undefined;
}

/** One sentence for whoever gave the wrong key. */
export function wrongKey(source: MasterKeySource, file: string): string {
  return (
    `The master key of ${placeOf(source, file)} does not open the secrets of this data folder: they were sealed with ` +
    'another one, which has to be restored, or with the new one of `smartjobs keys rotate-master`. Nothing was changed.'
  );
}

export function placeOf(source: MasterKeySource, file: string): string {
  switch (source.kind) {
    case 'data-folder':
      return file;
    case 'text':
      return 'SMARTJOBS_MASTER_KEY';
    case 'file':
      return source.path;
    case 'command':
      return 'SMARTJOBS_MASTER_KEY_COMMAND';
  }
}
