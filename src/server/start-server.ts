import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadMasterKey, type MasterKey } from '../auth/master-key.ts';
import { NonceJournal } from '../auth/nonce-journal.ts';
import { systemClock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Service } from '../base/service.ts';
import { Gateway } from '../gateway/gateway.ts';
import { JobHints } from '../jobs/job-hints.ts';
import { ALL_OPERATIONS } from '../operations/all-operations.ts';
import { parseObjectAddress } from '../objects/object-address.ts';
import { openFolderStore } from '../objects/folder-store.ts';
import { startRpcServer } from './rpc-server.ts';
import type { Settings } from './settings.ts';

export type RunningServer = Service & {
  /** The one line on standard output. */
  readonly ready: { readonly event: 'ready'; readonly endpoint: string; readonly objects: string };
  /** For the person who started it. */
  readonly welcome: string;
};
