import type { Attribute } from './scan-markup.ts';
import { SPEECH_EFFECTS, type SpeakAttributes, type SpeechEffect, type SsmlFault } from './ssml-tree.ts';

const SPEAK_SAMPLE_RATES = [8000, 16_000, 24_000, 48_000] as const;
const FORMATS = ['PCM', 'WAV', 'MP3'] as const;
const EQ_BANDS = 8;
const URL_LIMIT = 2048;

type Attributes = ReadonlyMap<string, Attribute>;
type Read = { readonly kind: 'read'; readonly attributes: SpeakAttributes } | SsmlFault;
type Writable = { -readonly [Key in keyof SpeakAttributes]: SpeakAttributes[Key] };

/** Reads the attributes of `<speak>`, each against its range. */
export function readSpeakAttributes(attributes: Attributes): Read {
  const out: Writable = {};
  const faults = [
    text(attributes, 'voice', /^[\w.+:-]{1,256}$/, 'a voice id of letters, digits, _ . + : -', (value) => {
      out.voice = value;
    }),
    text(attributes, 'encodeType', /^(?:PCM|WAV|MP3)$/i, 'one of PCM, WAV, MP3', (value) => {
      const format = FORMATS.find((name) => name === value.toUpperCase());
      if (format !== undefined) out.encodeType = format;
    }),
    text(
      attributes,
      'sampleRate',
      /^(?:8000|16000|24000|48000)$/,
      `one of ${SPEAK_SAMPLE_RATES.join(', ')}`,
      (value) => {
        out.sampleRate = Number(value);
      },
    ),
    whole(attributes, 'rate', -500, 500, out),
    whole(attributes, 'pitch', -500, 500, out),
    whole(attributes, 'volume', 0, 100, out),
    whole(attributes, 'backgroundMusicVolume', 0, 100, out),
    text(attributes, 'bgm', /^(?:https?|oss):\/\/\S+$/i, 'an http, https or oss address', (value) => {
      out.bgm = value.slice(0, URL_LIMIT);
    }),
    effect(attributes, out),
  ];
  return faults.find((fault) => fault !== undefined) ?? { kind: 'read', attributes: out };
}

function text(
  attributes: Attributes,
  name: string,
  pattern: RegExp,
  allowed: string,
  take: (value: string) => void,
): SsmlFault | undefined {
  const attribute = attributes.get(name);
  // An empty value is an absent one, as in the parameters of the call.
  if (attribute === undefined || attribute.value.trim() === '') return undefined;
  const value = attribute.value.trim();
  if (!pattern.test(value) || value.length > URL_LIMIT) return wrong(name, attribute, allowed);
  take(value);
  return undefined;
}

function whole(
  attributes: Attributes,
  name: 'rate' | 'pitch' | 'volume' | 'backgroundMusicVolume',
  least: number,
  most: number,
  out: Writable,
): SsmlFault | undefined {
  const attribute = attributes.get(name);
  if (attribute === undefined || attribute.value.trim() === '') return undefined;
  const value = Number(attribute.value.trim());
  const fits = /^[+-]?\d{1,6}$/.test(attribute.value.trim()) && value >= least && value <= most;
  if (!fits) return wrong(name, attribute, `a whole number from ${least} to ${most}`);
  out[name] = value;
  return undefined;
}

function effect(attributes: Attributes, out: Writable): SsmlFault | undefined {
  const named = attributes.get('effect');
  const given = attributes.get('effectValue');
  if (named === undefined || named.value.trim() === '') {
    return given === undefined || given.value.trim() === ''
      ? undefined
      : wrong('effectValue', given, 'absent where there is no effect');
  }
  const name = SPEECH_EFFECTS.find((known) => known === named.value.trim().toLowerCase());
  if (name === undefined) return wrong('effect', named, `one of ${SPEECH_EFFECTS.join(', ')}`);
  out.effect = name;
  return effectValue(name, given, named, out);
}

/** The frequency is checked against the sample rate where that is known, when the sound is made. */
function effectValue(
  name: SpeechEffect,
  given: Attribute | undefined,
  named: Attribute,
  out: Writable,
): SsmlFault | undefined {
  const words = (given?.value ?? '')
    .trim()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const values = words.map(Number);
  const numeric = words.every((word) => /^[+-]?\d{1,6}(?:\.\d{1,6})?$/.test(word));
  if (name === 'eq') {
    const fits = numeric && values.length === EQ_BANDS && values.every((gain) => Math.abs(gain) <= 20);
    if (!fits) return wrong('effectValue', given ?? named, 'eight gains, each from -20 to 20, for the effect eq');
    out.effectValue = values;
  } else if (name === 'lpfilter' || name === 'hpfilter') {
    const fits = numeric && values.length === 1 && values.every((hertz) => hertz > 0 && hertz <= 24_000);
    const allowed = `one frequency above 0 and up to half the sample rate, for the effect ${name}`;
    if (!fits) return wrong('effectValue', given ?? named, allowed);
    out.effectValue = values;
  }
  return undefined;
}

function wrong(name: string, { value, at }: Attribute, allowed: string): SsmlFault {
  return { kind: 'invalid', message: `The attribute ${name} has to be ${allowed}, not '${shown(value)}'.`, at };
}

/** What a caller wrote, short enough for a message. */
export function shown(value: string): string {
  const characters = Array.from(value);
  return characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : value;
}
