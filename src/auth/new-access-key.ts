import { randomInt } from 'node:crypto';

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A fresh pair in the cloud's own shape: `LTAI` and 20 letters or digits; a secret of 30, some 178 random bits. */
export function newAccessKey(): { id: string; secret: string } {
  return { id: `LTAI${randomText(20)}`, secret: randomText(30) };
}

function randomText(length: number): string {
  let text = '';
  while (text.length < length) text += LETTERS_AND_DIGITS[randomInt(LETTERS_AND_DIGITS.length)];
  return text;
}
