import type { AudioRendition, MasterPlaylist, Variant } from './playlist.ts';

/** What the recording is wanted for. */
export type Wanted = 'picture' | 'sound';

/** The playlists to go on with. `main` has the sound as well where there is no `sound`. */
export type ChosenStreams = { readonly main: string; readonly sound?: string };

/** Pixels of the shorter side: 1080p. More is not worth its bytes to who reads and hears. */
const TALLEST = 1080;
const SOUND_CODECS = /^(?:mp4a|ac-3|ec-3|ac-4|opus|flac|alac|fl\d|mp3|vorbis|dts)/;

/** Where only sound is wanted and it lies apart, nothing else is fetched. */
export function chooseStreams({ variants, audio }: MasterPlaylist, wanted: Wanted): ChosenStreams {
  const soundOf = (variant: Variant): string | undefined =>
    defaultSound(audio.filter(({ group }) => group === variant.audio))?.uri;
  const chosen = (variant: Variant): ChosenStreams => {
    const sound = soundOf(variant);
    return { main: variant.uri, ...(sound !== undefined && { sound }) };
  };
  if (wanted === 'picture')
    return chosen(best(variants.filter((variant) => !isSoundAlone(variant))) ?? variants[0]);
  const apart = variants.filter((variant) => isSoundAlone(variant) || soundOf(variant) !== undefined);
  const variant = best(apart) ?? least(variants) ?? variants[0];
  return { main: soundOf(variant) ?? variant.uri };
}

/** The most bits a second of those up to 1080p, else the least of the larger ones. */
function best(variants: readonly Variant[]): Variant | undefined {
  return most(variants.filter(({ height = 0 }) => height <= TALLEST)) ?? least(variants);
}

function isSoundAlone({ height, codecs }: Variant): boolean {
  return height === undefined && codecs !== undefined && codecs.every((codec) => SOUND_CODECS.test(codec));
}

function most(variants: readonly Variant[]): Variant | undefined {
  return variants.toSorted((one, other) => other.bandwidth - one.bandwidth)[0];
}

function least(variants: readonly Variant[]): Variant | undefined {
  return variants.toSorted((one, other) => one.bandwidth - other.bandwidth)[0];
}

/** A default one without an address is inside of the variant. */
function defaultSound(renditions: readonly AudioRendition[]): AudioRendition | undefined {
  return (
    renditions.find(({ isDefault }) => isDefault) ??
    renditions.find(({ isAutoselected }) => isAutoselected) ??
    renditions[0]
  );
}
