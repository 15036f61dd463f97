import { fileURLToPath } from 'node:url';

/**
 * The path of a file that ships with the project. Both src/engines and dist/engines lie two folders below the root.
 * @param name relative to assets/, such as `models/silero-vad.onnx`
 */
export function assetPath(name: string): string {
  return fileURLToPath(new URL(`../../assets/${name}`, import.meta.url));
}
