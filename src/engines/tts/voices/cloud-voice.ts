/** A voice of the cloud's catalogue, as its callers name it. What the public pages do not say is absent. */
export type CloudVoice = {
  /** In lower case; callers write it in any, and so do the pages (`Siqi`, `Kyong`). */
  readonly id: string;
  readonly name: string;
  /** Which of the two lists of ListSmartVoiceGroups has it. */
  readonly model: 'small' | 'CosyVoice';
  readonly type: VoiceType | undefined;
  /** BCP 47; the first is the one it is for. */
  readonly languages: readonly string[];
  readonly description: string;
  /** What it is meant for. */
  readonly tag: string;
  /** Hz; none where they are not known. */
  readonly sampleRates: readonly number[];
};

/** The four that ListSmartVoiceGroups documents. */
export type VoiceType = 'Male' | 'Female' | 'Boy' | 'Girl';

export type CloudVoiceGroup = { readonly type: string; readonly voices: readonly CloudVoice[] };

/** What the voices of a group have in common. */
type Shared = Pick<CloudVoice, 'languages' | 'tag' | 'sampleRates'> & Partial<Pick<CloudVoice, 'model'>>;

/** Id, name, type, description, and what is not as in the rest of the group. */
export type CloudVoiceRow = readonly [
  id: string,
  name: string,
  type: VoiceType | undefined,
  description: string,
  own?: Partial<Shared>,
];

export function cloudVoiceGroup(type: string, shared: Shared, rows: readonly CloudVoiceRow[]): CloudVoiceGroup {
  return {
    type,
    voices: rows.map(([id, name, voiceType, description, own]) => ({
      model: 'small',
      ...shared,
      ...own,
      id,
      name,
      type: voiceType,
      description,
    })),
  };
}
