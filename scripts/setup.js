import { reportingFailure } from './setup/setup-failure.js';
import { setUp } from './setup/set-up.js';

await reportingFailure(() => {
  setUp(process.argv.slice(2));
});
