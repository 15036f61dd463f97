import { parseWireTime, wireTime } from '../base/wire-time.ts';
import { refuse, type AuthRefusal } from './auth-error.ts';

/** How far a request's time may lie from the server's, each way, in milliseconds. */
export const TIMESTAMP_WINDOW_MS = 15 * 60_000;

/**
 * @param name the parameter or header that holds the time, for the message
 * @param now milliseconds since the epoch
 */
export function checkTimestamp(name: string, text: string, now: number): AuthRefusal | undefined {
  const time = parseWireTime(text);
  if (time === undefined) {
    return refuse(
      'InvalidTimeStamp.Format',
      `${name} is not a time of the form yyyy-MM-ddTHH:mm:ssZ (UTC, whole seconds), such as ${wireTime(now)}.`,
    );
  }
  const ahead = time - now;
  if (Math.abs(ahead) <= TIMESTAMP_WINDOW_MS) return undefined;
  // Rounded away from zero, so that the seconds shown are always more than the limit.
  const seconds = Math.ceil(Math.abs(ahead) / 1000);
  return refuse(
    'InvalidTimeStamp.Expired',
    `${name} ${text} is ${seconds} seconds ${ahead > 0 ? 'ahead of' : 'behind'} this server's time ` +
      `${wireTime(now)}; the limit is ${TIMESTAMP_WINDOW_MS / 1000} seconds each way. ` +
      "Set the caller's clock, and sign at the time of sending.",
  );
}
