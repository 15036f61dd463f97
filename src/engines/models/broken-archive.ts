/**
 * What is wrong with an archive or a file that a model was to be made from. It is thrown where the bytes are read
 * and becomes an outcome where the installation ends.
 */
export class BrokenArchive extends Error {
  override readonly name = 'BrokenArchive';
}
