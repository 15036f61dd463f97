import type { CloudVoice, CloudVoiceGroup } from './cloud-voice.ts';
import { COSY_CLOUD_VOICES } from './cosy-cloud-voices.ts';
import { MANDARIN_CLOUD_VOICES } from './mandarin-cloud-voices.ts';
import { OTHER_CLOUD_VOICES } from './other-cloud-voices.ts';

/** Every voice id that the public pages name, in the order in which they are listed. */
export const CLOUD_VOICE_GROUPS: readonly CloudVoiceGroup[] = [
  ...MANDARIN_CLOUD_VOICES,
  ...OTHER_CLOUD_VOICES,
  ...COSY_CLOUD_VOICES,
];

export const CLOUD_VOICES: readonly CloudVoice[] = CLOUD_VOICE_GROUPS.flatMap(({ voices }) => voices);

const BY_ID = new Map(CLOUD_VOICES.map((voice) => [voice.id, voice]));

/** @param id in upper or lower case */
export function findCloudVoice(id: string): CloudVoice | undefined {
  return BY_ID.get(id.toLowerCase());
}
