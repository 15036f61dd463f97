import { describe, expect, test } from 'vitest';
import { progressDisplay } from './progress-display.ts';
import { Collected } from './test-bench.ts';

describe('progress', () => {
  test('is one line for each change where there is no terminal', () => {
    const stream = new Collected();
    const display = progressDisplay(stream);
    display.show('Created', 0, '');
    display.show('Created', 0, '');
    display.show('Executing', 40, 'recognize');
    display.note('away');
    display.end();
    expect(stream.text).toBe('Created 0 %\nExecuting 40 % recognize\naway\n');
  });

  test('is a bar with percent and step on a terminal', () => {
    const stream = new Collected(true);
    const display = progressDisplay(stream);
    display.show('Executing', 50, 'recognize\u001b[2J');
    const changesTheTerminal = stream.text.includes('\u001b[?');
    display.end();
    expect(changesTheTerminal).toBe(false);
    expect(stream.text).toContain(`${'█'.repeat(15)}${'░'.repeat(15)} 50 % recognize${String.raw`\u001b[2J`}`);
  });
});
