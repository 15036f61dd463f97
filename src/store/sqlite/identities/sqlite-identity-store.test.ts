import { identityStoreContract } from '../../identity-store-contract.ts';
import { temporaryStore } from '../test-database.ts';

identityStoreContract('SQLite', async () => temporaryStore());
