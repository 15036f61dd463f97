import { pack, type Header } from 'tar-stream';

export type TestEntry = Partial<Header> & { readonly name: string; readonly content?: string | Buffer };

/** A tar file with whatever names and kinds a test wants. */
export async function tarOf(entries: readonly TestEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const { content = '', ...header } of entries) tar.entry(header, content);
  tar.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of tar as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The files of a small model in one folder, as releases have them. */
export function tarOfFiles(folder: string, files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  return tarOf(Object.entries(files).map(([name, content]) => ({ name: `${folder}/${name}`, content })));
}
