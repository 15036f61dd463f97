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
  const variant = bestVariant(variants, wanted);
  const sound = defaultSound(audio.filter(({ group }) => group === variant.audio))?.uri;
  if (sound === undefined) return { main: variant.uri };
  return wanted === 'sound' ? { main: sound } : { main: variant.uri, sound };
}

/** The most bits a second of those up to 1080p, else the least of the larger ones. */
function bestVariant(variants: MasterPlaylist['variants'], wanted: Wanted): Variant {
  const fitting = variants.filter((variant) => isSoundAlone(variant) === (wanted === 'sound'));
  const candidates = fitting.length > 0 ? fitting : variants;
  const modest = candidates.filter(({ height = 0 }) => height <= TALLEST);
  const best = modest.length > 0 ? most(modest) : least(candidates);
  return best ?? variants[0];
}

function isSoundAlone({ height, codecs }: Variant): boolean {
  return height === undefined && codecs !== undefined && codecs.every((codec) => SOUND_CODECS.test(codec));
}

function most(variants: readonly Variant[]): Variant | undefined {
  return variants.reduce<Variant | undefined>(
    (best, variant) => (best === undefined || variant.bandwidth > best.bandwidth ? variant : best),
    undefined,
  );
}

function least(variants: readonly Variant[]): Variant | undefined {
  return variants.reduce<Variant | undefined>(
    (best, variant) => (best === undefined || variant.bandwidth < best.bandwidth ? variant : best),
    undefined,
  );
}

/** A default one without an address is inside of the variant. */
function defaultSound(renditions: readonly AudioRendition[]): AudioRendition | undefined {
  return (
    renditions.find(({ isDefault }) => isDefault) ??
    renditions.find(({ isAutoselected }) => isAutoselected) ??
    renditions[0]
  );
}
