import type { CloudVoice } from './cloud-voice.ts';
import { CLOUD_VOICES } from './cloud-voices.ts';
import { primaryLanguage } from './spoken-language.ts';

/**
 * The place of a voice among the cloud's voices of its language and gender. It decides between voices of this server
 * that fit alike: any n neighbours get n different ones, where a hash would let half of all pairs share one of two.
 * The versions of one voice, as `longwan` and `longwan_v2`, have one place.
 */
export function turnOf(voice: CloudVoice): number {
  return TURNS.get(speakerOf(voice.id)) ?? 0;
}

const TURNS = new Map<string, number>();
const counts = new Map<string, number>();
for (const { id, type, languages } of CLOUD_VOICES) {
  if (TURNS.has(speakerOf(id))) continue;
  const kind = `${primaryLanguage(languages[0] ?? '')} ${type === 'Male' ? 'Male' : 'Female'}`;
  const turn = counts.get(kind) ?? 0;
  TURNS.set(speakerOf(id), turn);
  counts.set(kind, turn + 1);
}

function speakerOf(id: string): string {
  return id.replace(/_(emo|v2)$/, '');
}
