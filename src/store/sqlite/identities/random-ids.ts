import { randomInt } from 'node:crypto';

const LOWER_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const DIGITS = '0123456789';

/** As the cloud's: 18 digits. Users' begin with 2, roles' with 3. */
export function newUserId(): string {
  return `2${random(DIGITS, 17)}`;
}

export function newRoleId(): string {
  return `3${random(DIGITS, 17)}`;
}

export function newGroupId(): string {
  return `g-${random(LOWER_AND_DIGITS, 16)}`;
}

function random(alphabet: string, length: number): string {
  let text = '';
  while (text.length < length) text += alphabet[randomInt(alphabet.length)];
  return text;
}
