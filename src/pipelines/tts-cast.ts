import { planSpeech } from '../engines/tts/plan/plan-speech.ts';
import type { SpeechFaultCode, SpeechPlan } from '../engines/tts/plan/speech-plan.ts';
import { effectFilters } from '../engines/tts/audio/speech-filters.ts';
import type { AvailableVoice } from '../engines/tts/voices/available-voice.ts';
import { chooseVoice, type ChosenVoice } from '../engines/tts/voices/choose-voice.ts';
import { ANY_LANGUAGE, primaryLanguage } from '../engines/tts/voices/spoken-language.ts';
import type { SpeechRequest } from './tts-request.ts';

/** A text in chunks, and who speaks them. */
export type SpeechCast = {
  readonly plan: SpeechPlan;
  /** Who speaks the chunks of each language; all that the plan has. */
  readonly voices: ReadonlyMap<string, ChosenVoice>;
  /** Hertz, of the recording. */
  readonly sampleRate: number;
};

export type CastFault = {
  readonly kind: 'refused';
  readonly code: SpeechFaultCode | 'UnknownVoice' | 'NoVoice';
  /** For the caller; names line and column where there is one. */
  readonly message: string;
};

export type CastOutcome = { readonly kind: 'cast'; readonly cast: SpeechCast } | CastFault;

/** Seconds that all `<break>` of a text may have together. */
const LONGEST_SILENCE = 3600;

/** Plans the speech and finds a voice for each language in it. The same voices give the same cast always. */
export function castSpeech(request: SpeechRequest, available: readonly AvailableVoice[]): CastOutcome {
  const language = voiceLanguage(request.voice, available);
  const planned = planSpeech(request.document, {
    abilities: ['effect'],
    ...(language !== undefined && { language }),
  });
  if (planned.kind === 'refused') return planned;
  const { plan } = planned;
  const silence = silenceOf(plan);
  if (silence > LONGEST_SILENCE) {
    const message = `All <break> of a text may have ${LONGEST_SILENCE} seconds together, not ${Math.ceil(silence)}.`;
    return { kind: 'refused', code: 'InvalidSsml', message };
  }
  const voices = new Map<string, ChosenVoice>();
  for (const { language: spoken } of plan.chunks) {
    if (voices.has(spoken)) continue;
    const choice = chooseVoice(request.voice, available, { language: spoken });
    if (choice.kind === 'unknown-voice') return { kind: 'refused', code: 'UnknownVoice', message: choice.message };
    if (choice.kind === 'no-voice') return { kind: 'refused', code: 'NoVoice', message: choice.message };
    voices.set(spoken, choice);
  }
  const sampleRate = request.sampleRate ?? Math.max(...[...voices.values()].map(({ voice }) => voice.sampleRate));
  const { effect, effectValue = [] } = request;
  const filters = effectFilters(effect, effectValue, sampleRate, true);
  if (filters.kind === 'refused') return { kind: 'refused', code: 'InvalidSsml', message: filters.message };
  return { kind: 'cast', cast: { plan, voices, sampleRate } };
}

/** The language that a text is taken for where its letters leave that open: the one of the voice that was named. */
function voiceLanguage(wanted: string, available: readonly AvailableVoice[]): string | undefined {
  if (wanted === '') return undefined;
  const choice = chooseVoice(wanted, available);
  const [first] = choice.kind === 'voice' ? choice.voice.languages : [];
  return first === undefined || first === ANY_LANGUAGE ? undefined : primaryLanguage(first);
}

function silenceOf({ lead, chunks }: SpeechPlan): number {
  return chunks.reduce((sum, { after }) => sum + (after.exact ? after.seconds : 0), lead);
}
