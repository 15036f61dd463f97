import { hotwordStoreContract } from '../hotword-store-contract.ts';
import { temporaryStore } from './test-database.ts';

hotwordStoreContract('SQLite', async () => temporaryStore());
