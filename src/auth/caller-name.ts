import type { Caller } from './caller.ts';

/** As people name a caller within its account: `root`, `user/NAME`, `role/NAME/SESSION`. */
export function callerName(caller: Caller): string {
  switch (caller.kind) {
    case 'root':
      return 'root';
    case 'user':
      return `user/${caller.userName}`;
    case 'role-session':
      return `role/${caller.roleName}/${caller.sessionName}`;
  }
}
