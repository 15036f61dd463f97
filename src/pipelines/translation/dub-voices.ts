import type { AvailableVoice } from '../../engines/tts/voices/available-voice.ts';
import { chooseVoice } from '../../engines/tts/voices/choose-voice.ts';
import { nearestVoice, speaks } from '../../engines/tts/voices/nearest-voice.ts';
import { isPlainForm, languageName, primaryLanguage } from '../../engines/tts/voices/spoken-language.ts';
import type { DubLine, DubRequest } from './dub-request.ts';

/** Who speaks the lines of a speaker. */
export type DubVoice = {
  readonly voice: AvailableVoice;
  /** Times the voice's own pitch: it tells two speakers apart who have to share a voice. */
  readonly pitchFactor: number;
};

export type DubCast =
  | {
      readonly kind: 'cast';
      readonly voiceOf: (line: DubLine) => DubVoice;
      /** Of all speakers, the one who speaks most first. */
      readonly voices: readonly DubVoice[];
      readonly warnings: readonly string[];
    }
  /** Nobody speaks the language; the message names the remedy. */
  | { readonly kind: 'no-voice'; readonly message: string };

type Wanted = Pick<DubRequest, 'voice' | 'target' | 'lines'>;

/** Two semitones down, and two up: another person, and still one. */
const PITCHES = [1, 0.89, 1.12] as const;

/**
 * Gives each speaker a voice, the same one in each run. A voice that was named speaks all lines; it has to speak the
 * language, unlike where a text is read as it stands, since here the language is known.
 */
export function castDub(wanted: Wanted, available: readonly AvailableVoice[]): DubCast {
  const first = leadingVoice(wanted, available);
  if (first.kind === 'no-voice') return first;
  const lead = { voice: first.voice, pitchFactor: first.pitchFactor };
  const speakers = speakersOf(wanted.lines);
  const isNamed = wanted.voice.trim() !== '' && !first.isReplaced;
  const voices = isNamed ? [lead] : [lead, ...otherVoices(lead.voice, speakers.length, wanted.target, available)];
  return {
    kind: 'cast',
    voiceOf: ({ speaker = 0 }) => voices[isNamed ? 0 : Math.max(0, speakers.indexOf(speaker))] ?? lead,
    voices,
    warnings: first.warnings,
  };
}

type Leading =
  | ({ readonly kind: 'voice'; readonly isReplaced: boolean; readonly warnings: readonly string[] } & DubVoice)
  | { readonly kind: 'no-voice'; readonly message: string };

/** A voice that is not there any more, or speaks another language, is no reason to leave the video as it is. */
function leadingVoice({ voice: name, target }: Wanted, available: readonly AvailableVoice[]): Leading {
  const choice = chooseVoice(name, available, { language: target });
  if (choice.kind === 'no-voice') return choice;
  if (choice.kind === 'unknown-voice') {
    const other = leadingVoice({ voice: '', target, lines: [] }, available);
    if (other.kind === 'no-voice') return other;
    const warning = `${choice.message} ${other.voice.name} (${other.voice.id}) speaks instead.`;
    return { ...other, isReplaced: true, warnings: [warning] };
  }
  const { voice, pitchFactor, standsIn } = choice;
  if (speaks(voice, primaryLanguage(target)) || (name.trim() === '' && standsIn === undefined)) {
    const warnings = standsIn === undefined || standsIn.differs === 'nothing' ? [] : [standsIn.remark];
    return { kind: 'voice', voice, pitchFactor, isReplaced: false, warnings };
  }
  const gender = voice.gender === 'Unknown' ? undefined : voice.gender;
  const near = nearestVoice({ language: target, gender, turn: 0 }, available);
  if (near === undefined) return chooseVoiceless(target);
  const warning = `The voice '${name}' does not speak ${languageName(target)}: ${near.voice.name} (${near.voice.id}) does.`;
  return { kind: 'voice', voice: near.voice, pitchFactor: 1, isReplaced: false, warnings: [warning] };
}

/** The words of chooseVoice for a language that nobody speaks. */
function chooseVoiceless(target: string): Leading {
  const choice = chooseVoice('', [], { language: target });
  return { kind: 'no-voice', message: choice.kind === 'no-voice' ? choice.message : '' };
}

/** For the second speaker and those after: voices of about the same quality, then the same ones at another pitch. */
function otherVoices(
  lead: AvailableVoice,
  speakers: number,
  target: string,
  available: readonly AvailableVoice[],
): DubVoice[] {
  const language = primaryLanguage(target);
  const plainness = (voice: AvailableVoice): number =>
    voice.languages.some((tag) => isPlainForm(tag, target)) ? 1 : 0;
  const others = available
    .filter(({ id, languages, quality }) => {
      const isAtHome = primaryLanguage(languages[0] ?? '') === language;
      return id !== lead.id && isAtHome && quality >= lead.quality - 1;
    })
    .toSorted((a, b) => b.quality - a.quality || plainness(b) - plainness(a) || (a.id < b.id ? -1 : 1));
  const pool = [lead, ...others];
  return Array.from({ length: Math.max(0, speakers - 1) }, (_, index) => {
    const turn = index + 1;
    return {
      voice: pool[turn % pool.length] ?? lead,
      pitchFactor: PITCHES[Math.floor(turn / pool.length) % PITCHES.length] ?? 1,
    };
  });
}

/** The one who speaks most first. A line that nobody is known for is taken for the first speaker's. */
function speakersOf(lines: readonly DubLine[]): number[] {
  const seconds = new Map<number, number>();
  for (const { speaker = 0, from, to } of lines) seconds.set(speaker, (seconds.get(speaker) ?? 0) + to - from);
  return [...seconds].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]).map(([speaker]) => speaker);
}
