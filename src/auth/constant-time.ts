import { timingSafeEqual } from 'node:crypto';

/** Whether two texts are equal, in a time that tells only whether their lengths are. */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
