import { pino, type Logger } from 'pino';

export type { Logger };

/**
 * Structured logs on standard error; standard output belongs to the ready line and to commands that print data.
 * Signatures, secrets and tokens are never passed to the logger; the redaction list is the second lock.
 */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['secret', '*.secret', 'authorization', '*.authorization', 'token', '*.token', '*.Signature'],
        censor: '[redacted]',
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

export const silentLogger: Logger = pino({ level: 'silent' });
