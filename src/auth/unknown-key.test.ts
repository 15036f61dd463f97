import * as crypto from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { authenticate } from './authenticate.ts';
import { requestV1, requestV3, TEST_KEYS, TEST_TOKEN_KEY, VECTOR_TIME } from './test-requests.ts';

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof crypto>();
  return {
    ...real,
    createHmac: vi.fn<typeof real.createHmac>(real.createHmac),
    timingSafeEqual: vi.fn<typeof real.timingSafeEqual>(real.timingSafeEqual),
  };
});

const nonces = { remember: async () => true, stop: () => Promise.resolve() };

describe('the work done for unknown keys', () => {
  beforeEach(() => {
    vi.clearAllMocks();
  });

  test.each([
    { scheme: 'V1', known: requestV1(), unknown: requestV1({ AccessKeyId: 'nobody' }) },
    { scheme: 'V3', known: requestV3(), unknown: requestV3({ keyId: 'nobody' }) },
  ])('is one HMAC and one constant-time comparison, as for known ones ($scheme)', async ({ known, unknown }) => {
    const parts = { keys: TEST_KEYS, nonces, tokenKey: TEST_TOKEN_KEY, clock: new ManualClock(VECTOR_TIME) };
    expect(await authenticate(known, parts)).toMatchObject({ kind: 'caller' });
    expect(vi.mocked(crypto.createHmac)).toHaveBeenCalledTimes(1);
    expect(vi.mocked(crypto.timingSafeEqual)).toHaveBeenCalledTimes(1);
    expect(await authenticate(unknown, parts)).toMatchObject({ code: 'InvalidAccessKeyId.NotFound' });
    expect(vi.mocked(crypto.createHmac)).toHaveBeenCalledTimes(2);
    expect(vi.mocked(crypto.timingSafeEqual)).toHaveBeenCalledTimes(2);
  });
});
