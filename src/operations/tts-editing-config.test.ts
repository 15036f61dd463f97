import { describe, expect, test } from 'vitest';
import { readParameters } from '../gateway/read-parameters.ts';
import { ttsEditingConfig } from '../pipelines/tts-editing-config.ts';

const read = (config: unknown): unknown => ttsEditingConfig.parse(config);

/** What a caller is told. */
function refusal(config: unknown): string {
  const table = { EditingConfig: { kind: 'json', schema: ttsEditingConfig, description: '' } } as const;
  const outcome = readParameters(table, new Map([['EditingConfig', JSON.stringify(config)]]));
  return outcome.kind === 'refused' ? outcome.message : 'nothing is refused';
}

describe('EditingConfig of a speech job', () => {
  test('is read as documented', () => {
    const config = {
      voice: 'Siqi',
      format: 'MP3',
      volume: 50,
      speech_rate: -125,
      pitch_rate: 166,
      sample_rate: 16_000,
    };
    expect(read(config)).toEqual(config);
    expect(read({})).toEqual({});
  });

  test('takes numbers that are written as text, and formats in lower case', () => {
    expect(
      read({ volume: '0', speech_rate: ' -500', pitch_rate: '+500', sample_rate: '8000', format: 'mp3' }),
    ).toEqual({
      volume: 0,
      speech_rate: -500,
      pitch_rate: 500,
      sample_rate: 8000,
      format: 'MP3',
    });
  });

  test('takes null and empty text for absent, and passes over keys it does not know', () => {
    const nothing = {
      voice: null,
      customizedVoice: '',
      format: ' ',
      volume: '',
      speech_rate: null,
      sample_rate: '',
    };
    expect(Object.values(read(nothing) as object).filter((value) => value !== undefined)).toEqual([]);
    expect(read({ Volume: 'loud', effect: { a: 1 } })).toEqual({ Volume: 'loud', effect: { a: 1 } });
  });

  test.each([
    [{ volume: 101 }, "'EditingConfig.volume' is invalid, input: 101, value range: a whole number from 0 to 100"],
    [{ volume: 1.5 }, 'input: 1.5, value range: a whole number from 0 to 100'],
    [
      { speech_rate: -501 },
      "'EditingConfig.speech_rate' is invalid, input: -501, value range: a whole number from -500 to 500",
    ],
    [{ speech_rate: '1e2' }, 'input: 1e2, value range: a whole number from -500 to 500'],
    [{ pitch_rate: true }, "'EditingConfig.pitch_rate' is invalid, input: true"],
    [{ pitch_rate: '99999999999999999999' }, "'EditingConfig.pitch_rate' is invalid"],
    [{ sample_rate: 44_100 }, 'input: 44100, value range: 8000, 16000, 22050, 24000, 48000'],
    [{ sample_rate: [8000] }, 'value range: 8000, 16000, 22050, 24000, 48000'],
    [{ format: 'OGG' }, "'EditingConfig.format' is invalid, input: OGG, value range: PCM, WAV, MP3"],
    [{ format: 3 }, 'value range: PCM, WAV, MP3'],
    [{ voice: 7 }, "'EditingConfig.voice' is invalid, input: 7, value range: the id of a voice"],
    [{ voice: 'x'.repeat(257) }, 'at most 256 characters'],
    [{ customizedVoice: 'clone-1', voice: 'siqi' }, 'value range: nothing: this server clones no voices'],
    [[], 'value range: a JSON object'],
  ])('%j is refused: %s', (config, message) => {
    expect(refusal(config)).toContain(message);
  });
});
