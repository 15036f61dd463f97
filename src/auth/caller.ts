import type { AccountId } from '../jobs/account.ts';
import type { AccessKey } from './access-key.ts';

/** Who sent a request, proven by its signature. `root` is the account itself. */
export type Caller = {
  readonly kind: 'root';
  readonly account: AccountId;
  readonly accessKeyId: string;
};

export function callerOf(key: AccessKey): Caller {
  return { kind: key.principal.kind, account: key.account, accessKeyId: key.id };
}
