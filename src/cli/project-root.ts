import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file at the root of the project. Both src/cli and dist/cli lie two folders below it. */
export function projectFile(name: string): string {
  return fileURLToPath(new URL(`../../${name}`, import.meta.url));
}

/** What package.json says of this version. */
export function readProjectFacts(): { readonly version: string; readonly nodeRange: string } {
  const facts = JSON.parse(readFileSync(projectFile('package.json'), 'utf8')) as {
    readonly version: string;
    readonly engines: { readonly node: string };
  };
  return { version: facts.version, nodeRange: facts.engines.node };
}
