import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Secrets that a test gave to a server or got from it, by what they are. */
export class Canaries {
  readonly #forms = new Map<string, string>();

  /** Remembers the secret, in every form in which text tends to carry it. */
  add(what: string, secret: string): void {
    if (secret.length < 12) throw new Error(`${what} is too short to be told from chance.`);
    const bytes = Buffer.from(secret);
    const forms = {
      plain: secret,
      base64: bytes.toString('base64').replace(/=+$/, ''),
      base64url: bytes.toString('base64url'),
      hex: bytes.toString('hex'),
      url: encodeURIComponent(secret),
      json: JSON.stringify(secret).slice(1, -1),
    };
    for (const [form, text] of Object.entries(forms)) this.#forms.set(text, `${what} (${form})`);
  }

  /** Every canary that the text holds, as `what (form) in place`. */
  in(place: string, text: string): string[] {
    return [...this.#forms].filter(([form]) => text.includes(form)).map(([, what]) => `${what} in ${place}`);
  }

  /** The same for every file below a folder, read as bytes. */
  async inFolder(folder: string): Promise<string[]> {
    const found: string[] = [];
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const chunks: Buffer[] = [];
      for await (const chunk of createReadStream(path)) chunks.push(chunk as Buffer);
      found.push(...this.in(relative(folder, path), Buffer.concat(chunks).toString('latin1')));
    }
    return found;
  }
}
