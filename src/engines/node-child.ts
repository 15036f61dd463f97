import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CommandLine } from './tether.ts';

/**
 * The command line that runs one of our own modules in a process of its own. Run from dist/ that is a .js file; run
 * from the sources (tests, tsx) it is a .ts file, which Node.js 20 needs tsx for.
 * @param name beside the module that asks, without its extension: `./voice-activity-child`
 * @param base the asking module's import.meta.url
 */
export function nodeChild(name: string, base: string): CommandLine {
  const fromSource = base.endsWith('.ts');
  const entry = fileURLToPath(new URL(`${name}${fromSource ? '.ts' : '.js'}`, base));
  if (!fromSource) return { program: process.execPath, args: [entry] };
  const loader = pathToFileURL(createRequire(base).resolve('tsx')).href;
  return { program: process.execPath, args: ['--import', loader, entry] };
}
