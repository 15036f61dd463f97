import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { untilTold } from './stop-signal.ts';

class FakeProcess {
  readonly exits: number[] = [];
  readonly #listeners = new Map<string, () => void>();

  on(signal: string, listener: () => void): void {
    this.#listeners.set(signal, listener);
  }
  emit(signal: string): void {
    this.#listeners.get(signal)?.();
  }
  exit(code: number): void {
    this.exits.push(code);
  }
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test.each(['SIGTERM', 'SIGINT'] as const)('%s asks for a stop and ends nothing itself', async (signal) => {
  const source = new FakeProcess();
  const told = untilTold(source);
  source.emit(signal);
  await told;
  expect(source.exits).toEqual([]);
});

test('a second signal ends the process at once, unless it is the echo of the first', async () => {
  const source = new FakeProcess();
  const clock = new ManualClock(0);
  const told = untilTold(source, clock);
  source.emit('SIGINT');
  await told;
  clock.advance(900);
  source.emit('SIGINT');
  expect(source.exits).toEqual([]);
  clock.advance(200);
  source.emit('SIGINT');
  expect(source.exits).toEqual([1]);
});

test('a stop that hangs ends within 10 seconds, with exit code 0', async () => {
  const source = new FakeProcess();
  const told = untilTold(source);
  source.emit('SIGTERM');
  await told;
  vi.advanceTimersByTime(10_000);
  expect(source.exits).toEqual([0]);
});
