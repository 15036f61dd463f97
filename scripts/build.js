import { build } from './setup/build.js';
import { reportingFailure } from './setup/setup-failure.js';
import { ROOT } from './setup/set-up.js';

await reportingFailure(() => build(ROOT));
