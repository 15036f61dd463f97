import { expect, test } from 'vitest';
import { parseForm } from './form-encoding.ts';

const parsed = (text: string): Record<string, string> | string => {
  const outcome = parseForm(text);
  return outcome.kind === 'parsed' ? Object.fromEntries(outcome.parameters) : outcome.message;
};

test('reads what the JavaScript clients send: ( ) * ! ~ raw, the rest encoded', () => {
  expect(parsed('Title=a%20(b)*%27!~%20%C3%A9&JobType=ASR')).toEqual({ Title: "a (b)*'!~ é", JobType: 'ASR' });
});

test('takes a plus for a space and %2B for a plus', () => {
  expect(parsed('Title=a+b%2Bc')).toEqual({ Title: 'a b+c' });
});

test('reads empty values, missing values and stray ampersands', () => {
  expect(parsed('&a=&b&&c==&')).toEqual({ a: '', b: '', c: '=' });
  expect(parsed('')).toEqual({});
});

test('keeps names like __proto__ as names', () => {
  const outcome = parseForm('__proto__=x&constructor=y');
  expect(outcome.kind === 'parsed' && [...outcome.parameters]).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
});

test('refuses what is not percent-encoded UTF-8', () => {
  expect(parsed('a=%E4%B8')).toBe("'a=%E4%B8' is not valid percent-encoded UTF-8.");
  expect(parsed('a=100%')).toBe("'a=100%' is not valid percent-encoded UTF-8.");
});

test('refuses a name with two values and takes one that says the same twice', () => {
  expect(parsed('a=1&b=2&a=3')).toBe("'a' is given twice with different values; send it once.");
  expect(parsed('a=1&a=1')).toEqual({ a: '1' });
});
