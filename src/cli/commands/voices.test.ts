import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_MACHINE } from '../../engines/tts/voices/test-voices.ts';
import { startBench, type Bench } from '../test-bench.ts';

let bench: Bench;
let voices = DEFAULT_MACHINE;
beforeAll(async () => {
  bench = await startBench({ voices: async () => voices });
});
afterAll(() => bench.stop());

describe('voices', () => {
  test('prints a line for each voice of a language: what to name, and who speaks', async () => {
    expect(await bench.run(['voices', '--language', 'ja'])).toEqual({
      code: 0,
      out: [
        'VOICE            TYPE    DESCRIPTION             GROUP                   SPOKEN BY',
        'tomoka           Female  Japanese female voice   Other languages         espeak-ng:ja+f2',
        'tomoya           Male    Japanese male voice     Other languages         espeak-ng:ja',
        'espeak-ng:ja     Male    Japanese, by espeak-ng  This server: espeak-ng  espeak-ng:ja',
        'espeak-ng:ja+f2  Female  Japanese, by espeak-ng  This server: espeak-ng  espeak-ng:ja+f2',
        '',
      ].join('\n'),
      err: '',
    });
  });

  test('prints the answer as JSON, of the large models where they are asked for', async () => {
    const { code, out } = await bench.run(['voices', '--type', 'cosyvoice', '--json']);
    expect(code).toBe(0);
    const { VoiceGroups } = JSON.parse(out) as { VoiceGroups: { Type: string }[] };
    expect(VoiceGroups[0]).toMatchObject({ Type: 'CosyVoice v1', VoiceList: expect.any(Array) });
  });

  test('says what to do where there is no voice, and hands on what the server refuses', async () => {
    voices = [];
    const { code, out, err } = await bench.run(['voices']);
    voices = DEFAULT_MACHINE;
    expect([code, out, err]).toEqual([0, '', expect.stringContaining('smartjobs doctor')]);
    const refused = await bench.run(['voices', '--type', 'Huge']);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("'VoiceType' is invalid, input: Huge") });
  });
});
