/** Encrypts secrets. What was sealed for one context opens for no other; undefined where it does not open. */
export type SecretSeal = {
  seal(context: string, secret: string): string;
  open(context: string, sealed: string): string | undefined;
};

/** Some 3 MB of memory. */
const MOST_OPENED = 10_000;

/**
 * The secrets of access keys, sealed each for its own key. Those opened last are remembered by their sealed text:
 * the row is read for every request anyway, so that a key that was changed or deleted is so at once, and a sealed
 * text that nobody reads any more opens nothing.
 */
export class KeySecrets {
  readonly #seal: SecretSeal;
  readonly #opened = new Map<string, string>();
  readonly #mostOpened: number;

  constructor(seal: SecretSeal, mostOpened = MOST_OPENED) {
    this.#seal = seal;
    this.#mostOpened = mostOpened;
  }

  seal(keyId: string, secret: string): string {
    return this.#seal.seal(accessKeyContext(keyId), secret);
  }

  /** Throws where the secret was sealed with another master key. */
  open(keyId: string, sealed: string): string {
    const name = `${keyId} ${sealed}`;
    const known = this.#opened.get(name);
    if (known !== undefined) return known;
    const secret = this.#seal.open(accessKeyContext(keyId), sealed);
    if (secret === undefined) {
      throw new Error(`The secret of access key ${keyId} was sealed with another master key. Restore that key.`);
    }
    if (this.#opened.size >= this.#mostOpened) this.#forgetOldest();
    this.#opened.set(name, secret);
    return secret;
  }

  #forgetOldest(): void {
    for (const name of this.#opened.keys()) {
      this.#opened.delete(name);
      return;
    }
  }
}

/** What the secret of this key is sealed for. */
export function accessKeyContext(keyId: string): string {
  return `access-key/${keyId}`;
}
