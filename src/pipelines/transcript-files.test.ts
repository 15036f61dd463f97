import { describe, expect, test } from 'vitest';
import { piecesOf } from '../engines/asr/timed-text.ts';
import { segmentTranscript } from './segment-transcript.ts';
import { transcriptFiles } from './transcript-files.ts';
import { speakerCount, transcriptOf, type Transcript } from './transcript.ts';

const FACTS = { jobId: '0190', engine: 'test engine', language: 'en', from: 60, to: 3720 };

/** Half a second a word; `|` begins another speaker. */
function transcript(text: string, spoken = false): Transcript {
  const words = text
    .split('|')
    .flatMap((part, speaker) => piecesOf(part).map((piece) => ({ text: piece, speaker })));
  const timed = words.map(({ text: word, speaker: number }, index) => {
    const speaker = spoken ? 7 - number : undefined;
    return { text: word, from: index / 2, to: index / 2 + 0.4, confidence: 0.987654, speaker };
  });
  const rules = { sentenceMaxLength: undefined, semanticSentences: false, range: FACTS };
  return transcriptOf(segmentTranscript(timed, rules), FACTS);
}

const fileOf = (type: string, text: string, spoken = false): string =>
  transcriptFiles(transcript(text, spoken)).find((file) => file.type === type)?.text ?? '';

test('JSON has the facts, and each segment with its words, in seconds of the recording', () => {
  expect(JSON.parse(fileOf('Json', 'good morning | hello', true))).toEqual({
    version: 1,
    ...FACTS,
    segments: [
      {
        ...{ content: 'good morning', from: 60, to: 60.9, speaker: 'Speaker 1' },
        words: [
          { text: 'good', from: 60, to: 60.4, confidence: 0.988 },
          { text: 'morning', from: 60.5, to: 60.9, confidence: 0.988 },
        ],
      },
      {
        ...{ content: 'hello', from: 61, to: 61.4, speaker: 'Speaker 2' },
        words: [{ text: 'hello', from: 61, to: 61.4, confidence: 0.988 }],
      },
    ],
  });
  expect(speakerCount(transcript('one | two | three', true))).toBe(3);
  expect(speakerCount(transcript('one | two'))).toBe(0);
});

test('text has a line a segment, and names the speakers where they change', () => {
  expect(fileOf('Text', 'good morning')).toBe('good morning\n');
  expect(fileOf('Text', 'good morning | hello | bye', true)).toBe(
    'Speaker 1: good morning\n\nSpeaker 2: hello\n\nSpeaker 3: bye\n',
  );
});

describe('subtitles', () => {
  test('have numbered cues in SubRip, and voices in WebVTT', () => {
    expect(fileOf('Srt', 'good morning | hello', true)).toBe(
      '1\n00:01:00,000 --> 00:01:00,900\nSpeaker 1: good morning\n\n' +
        '2\n00:01:01,000 --> 00:01:01,400\nSpeaker 2: hello\n',
    );
    expect(fileOf('Vtt', 'good morning | hello', true)).toBe(
      'WEBVTT\n\n00:01:00.000 --> 00:01:00.900\n<v Speaker 1>good morning\n\n' +
        '00:01:01.000 --> 00:01:01.400\n<v Speaker 2>hello\n',
    );
    expect(fileOf('Vtt', 'hello')).toBe('WEBVTT\n\n00:01:00.000 --> 00:01:00.400\nhello\n');
  });

  test('say what is said, whatever marks are in it', () => {
    const text = 'a --> b & <i>c</i> {\\an8} 1 < 2 &amp;';
    expect(fileOf('Vtt', text).split('\n')[3]).toBe(
      'a --&gt; b &amp; &lt;i&gt;c&lt;/i&gt; {\\an8} 1 &lt; 2 &amp;amp;',
    );
    const shown = fileOf('Srt', text).split('\n')[2] ?? '';
    expect(shown).not.toMatch(/-->|<[a-z/]|\{\\/);
    expect(shown.replaceAll('\u2060', '')).toBe(text);
  });

  test.each([
    ['English', Array.from({ length: 40 }, (_, index) => `word${index}`).join(' ')],
    ['Chinese', '一二三四五六七八九十'.repeat(5)],
  ])(
    'of a long segment are several, of two lines that fit, in order and without a gap in the words: %s',
    (_, text) => {
      const cues = fileOf('Srt', text).trim().split('\n\n');
      expect(cues.length).toBeGreaterThan(1);
      let end = 0;
      for (const cue of cues) {
        const [, times = '', ...lines] = cue.split('\n');
        const [from = 0, to = 0] = times
          .split(' --> ')
          .map((time) => Date.parse(`1970-01-01T${time.replace(',', '.')}Z`));
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThan(from);
        end = to;
        expect(lines.length).toBeLessThanOrEqual(2);
        for (const line of lines) expect(line.replaceAll(/\p{Script=Han}/gu, 'xx').length).toBeLessThanOrEqual(42);
      }
      const said = cues.flatMap((cue) => cue.split('\n').slice(2)).join(text.includes(' ') ? ' ' : '');
      expect(said).toBe(text);
    },
  );

  test('of nothing are empty', () => {
    expect(fileOf('Srt', '')).toBe('');
    expect(fileOf('Vtt', '')).toBe('WEBVTT\n');
  });
});
