import type { AccountId } from '../jobs/account.ts';
import type { AccessKey } from './access-key.ts';

type Signer = { readonly account: AccountId; readonly accessKeyId: string };

/** Who sent a request, proven by its signature. `root` is the account itself. */
export type Caller =
  | (Signer & { readonly kind: 'root' })
  | (Signer & { readonly kind: 'user'; readonly userId: string; readonly userName: string })
  | (Signer & {
      readonly kind: 'role-session';
      readonly roleId: string;
      readonly roleName: string;
      readonly sessionName: string;
      /** The policy that cuts the session down, as JSON; '' for none. */
      readonly sessionPolicy: string;
    });

/** Whom a long-lived key speaks for. */
export function callerOf({ account, id, principal }: AccessKey): Caller {
  return { ...principal, account, accessKeyId: id };
}
