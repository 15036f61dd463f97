import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellWord } from './shell-word.ts';

test.each([
  'plain/path.wav',
  'oss://b/k',
  'two words',
  "it's",
  '$HOME `id` "x" \\ !',
  'new\nline',
  '',
  '中文',
  '-n',
])('the shell reads %j back as one word', (text) => {
  expect(execFileSync('sh', ['-c', `printf '%s' ${shellWord(text)}`]).toString()).toBe(text);
});

test('a plain word stays as it is', () => {
  expect(shellWord('http://127.0.0.1:7788')).toBe('http://127.0.0.1:7788');
});
