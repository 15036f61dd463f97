import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { reportingFailure } from './setup/setup-failure.js';
import { ROOT, setUp } from './setup/set-up.js';

// `npm start [-- flags]`: set-up, then `smartjobs serve <flags>`, in this very process: signals, terminal and exit
// code are then the server's own, with nothing in between that could lose them.
await reportingFailure(async () => {
  const flags = setUp(process.argv.slice(2));
  const binary = join(ROOT, 'bin', 'smartjobs.js');
  process.argv = [process.execPath, binary, 'serve', ...flags];
  await import(pathToFileURL(binary).href);
});
