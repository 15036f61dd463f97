import { readOnnxMetadata } from '../../models/onnx-metadata.ts';
import type { InstalledModel } from '../../models/model.ts';
import type { AvailableVoice } from '../voices/available-voice.ts';
import type { SynthesizerFamily } from './synthesizer-families.ts';

/** A voice and the number by which the model knows it. */
export type ModelVoice = { readonly voice: AvailableVoice; readonly speaker: number };

type Gender = AvailableVoice['gender'];

/** Hertz: where a model does not say it. */
const USUAL_RATE = 22_050;
/** Where a model says more than this it is broken. */
const MOST_SPEAKERS = 2000;

/** The first letter of a Kokoro voice's name. */
const KOKORO_LANGUAGES: Readonly<Record<string, string>> = {
  ...{ a: 'en-US', b: 'en-GB', z: 'zh', j: 'ja', e: 'es', f: 'fr', h: 'hi', i: 'it', p: 'pt-BR' },
};
/** People whose recordings Piper and Matcha voices were made from, as their model cards say. */
const WOMEN =
  'amy alba baker cori gwryw_gogleddol huayan jenny kathleen kristin lessac ljspeech siwis kerstin ramona eva_k irina lada';
const MEN =
  'alan bryce danny davefx dmitri denis joe john norman ryan thorsten karlsson carlfm ruslan gilles tom pim';

/** The voices of a model, as its file tells them; one of unknown gender where it tells nothing. */
export async function modelVoices(model: InstalledModel, family: SynthesizerFamily): Promise<ModelVoice[]> {
  const facts = (await readOnnxMetadata(model.files[family.described] ?? '')) ?? new Map<string, string>();
  const count = Math.min(MOST_SPEAKERS, Math.max(1, Number(facts.get('n_speakers')) || 1));
  const sampleRate = Number(facts.get('sample_rate')) || USUAL_RATE;
  const names = speakerNames(facts, count);
  return Array.from({ length: count }, (_, speaker) => {
    const name = names[speaker] ?? (count === 1 ? personOf(model) : `${personOf(model)}-${speaker}`);
    const { languages, gender } = names[speaker] === undefined ? ofModel(model, count) : ofKokoro(name, model);
    const voice = { id: `${model.name}:${name}`, engine: engineName(model), name, languages, gender, sampleRate };
    return { speaker, voice: { ...voice, quality: family.quality } };
  });
}

export function engineName({ name }: Pick<InstalledModel, 'name'>): string {
  return `sherpa-onnx ${name}`;
}

/** Only where there is one for each: ids that are wrong would speak with somebody else's voice. */
function speakerNames(facts: ReadonlyMap<string, string>, count: number): string[] {
  const names = (facts.get('speaker_names') ?? '').split(',').map((name) => name.trim());
  return names.length === count && names.every((name) => /^[\w.-]+$/.test(name)) ? names : [];
}

/** `zf_xiaobei`: language, gender, name. The model's other languages are spoken too, with an accent. */
function ofKokoro(name: string, model: InstalledModel): Pick<AvailableVoice, 'languages' | 'gender'> {
  const [, letter = '', sex = ''] = /^([a-z])([fm])_/.exec(name) ?? [];
  const own = KOKORO_LANGUAGES[letter];
  const others = model.languages.filter((language) => language !== own?.split('-', 1)[0]);
  const gender: Gender = sex === 'f' ? 'Female' : sex === 'm' ? 'Male' : 'Unknown';
  return { languages: own === undefined ? model.languages : [own, ...others], gender };
}

/** `vits-piper-en_US-lessac-medium` says the region and the person. */
function ofModel(model: InstalledModel, count: number): Pick<AvailableVoice, 'languages' | 'gender'> {
  const [, language, region] = /(?:^|-)([a-z]{2,3})_([A-Z]{2})(?:-|$)/.exec(model.name) ?? [];
  const accent = model.languages.length === 1 && model.languages[0] === language ? [`${language}-${region}`] : [];
  return {
    languages: [...accent, ...(accent.length === 0 ? model.languages : [])],
    gender: genderOf(model, count),
  };
}

function genderOf(model: InstalledModel, count: number): Gender {
  if (count > 1) return 'Unknown';
  const person = personOf(model);
  if (WOMEN.split(' ').includes(person)) return 'Female';
  return MEN.split(' ').includes(person) ? 'Male' : 'Unknown';
}

function personOf({ name }: InstalledModel): string {
  const piper = /-[a-z]{2,3}_[A-Z]{2}-([^-]+)/.exec(name)?.[1];
  const matcha = /^matcha-icefall-[a-z]+-([^-]+)/.exec(name)?.[1];
  return (piper ?? matcha ?? 'speaker').replaceAll(/[^\w.]/g, '_');
}
