#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/cli/main.js', import.meta.url);

if (existsSync(main)) {
  await import(main.href);
} else {
  process.stderr.write('smartjobs is not built yet: run `npm start` (sets everything up) or `npm run build`.\n');
  process.exitCode = 2;
}
