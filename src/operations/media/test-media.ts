import { expect } from 'vitest';
import { openTestGateway, type TestGateway } from '../test-gateway.ts';

export const UNKNOWN_MEDIA = '0190aaaabbbbccccddddeeeeffff0001';
/** Of the one object that the store has. */
export const FILM = 'https://media.oss-cn-shanghai.aliyuncs.com/films/a%20b.mp4';

type Parameters = Readonly<Record<string, string>>;
type Body = Readonly<Record<string, unknown>>;

/** The operations on media ids, over a store with one object. */
export type TestMedia = {
  readonly gateway: TestGateway;
  /** Registers the film, or another file, and gives its id. */
  register(parameters?: Parameters): Promise<string>;
  /** An answer that must not be a refusal. */
  answered(action: string, parameters?: Parameters): Promise<Body>;
  /** MediaInfo of GetMediaInfo. */
  info(parameters: Parameters): Promise<Body>;
  refused(action: string, parameters: Parameters): Promise<{ status: number; code: unknown; message: unknown }>;
};

export function openTestMedia(): TestMedia {
  const gateway = openTestGateway();
  const lastModified = Date.UTC(2026, 0, 1);
  gateway.stored.set('media/films/a b.mp4', { size: 1234, etag: '', contentType: 'video/mp4', lastModified });
  const answered = async (action: string, parameters: Parameters = {}): Promise<Body> => {
    const { status, text, body } = await gateway.call(action, parameters);
    expect(status, text).toBe(200);
    return body;
  };
  return {
    gateway,
    answered,
    register: async (parameters = {}) =>
      (await answered('RegisterMediaInfo', { InputURL: FILM, ...parameters }))['MediaId'] as string,
    info: async (parameters) => (await answered('GetMediaInfo', parameters))['MediaInfo'] as Body,
    async refused(action, parameters) {
      const { status, body } = await gateway.call(action, parameters);
      return { status, code: body['Code'], message: body['Message'] };
    },
  };
}
