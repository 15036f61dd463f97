import { mediaStoreContract } from '../../media-store-contract.ts';
import { temporaryStore } from '../test-database.ts';

mediaStoreContract('SQLite', async () => temporaryStore());
