import { BrokenArchive } from './broken-archive.ts';

/** What no file system takes, or takes as something else: control characters, Windows' separators and streams. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const STRANGE = /[\u0000-\u001f\u007f\\:*?"<>|]/;

/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Bytes of one name: what most file systems take. */
const LONGEST_NAME = 255;
const LONGEST_PATH = 1024;
const DEEPEST = 16;

/**
 * The parts of a path in an archive, where it can lead nowhere but below the folder that is unpacked into.
 * @param name as the archive has it; a leading `./` and a trailing slash are usual
 */
export function safeParts(name: string): string[] {
  const refuse = (why: string): never => {
    throw new BrokenArchive(`it has an entry with a name that ${why}: ${JSON.stringify(name.slice(0, 200))}`);
  };
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) refuse('is absolute');
  if (STRANGE.test(name)) refuse('has a character that no file may have');
  if (Buffer.byteLength(name) > LONGEST_PATH) refuse('is too long');
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) refuse('leads out of its folder');
  if (parts.length > DEEPEST) refuse('lies too deep');
  for (const part of parts) {
    if (Buffer.byteLength(part) > LONGEST_NAME) refuse('is too long');
    if (DEVICE.test(part) || /[. ]$/.test(part)) refuse('some systems take for another');
  }
  return parts;
}
