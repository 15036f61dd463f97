import { randomUUID } from 'node:crypto';
import type { AuditEntry } from '../audit/audit-entry.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { systemClock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Service } from '../base/service.ts';

/** The audit log of the data folder; its start and its stop are lines of it too. Only for whoever has the lock. */
export function openAudit(
  folder: string,
  keepDays: number,
  log: Logger,
): { readonly trail: AuditLog; readonly service: Service } {
  const trail = new AuditLog({ folder, clock: systemClock, log, keepDays });
  trail.record(operatorEntry('smartjobs:Start', { Pid: String(process.pid) }));
  const stop = (): Promise<void> => {
    trail.record(operatorEntry('smartjobs:Stop', { Pid: String(process.pid) }));
    return trail.stop();
  };
  return { trail, service: { stop } };
}

/** What whoever runs the server did, on its machine. */
export function operatorEntry(action: `smartjobs:${string}`, ids: Readonly<Record<string, string>>): AuditEntry {
  return {
    requestId: randomUUID().toUpperCase(),
    source: '',
    account: '',
    caller: 'operator',
    accessKeyId: '',
    action,
    outcome: 'ok',
    ids,
  };
}
