import type { Rgb } from './colour.ts';

/** Lightness 0 to 100, and two axes of colour: CIE L*a*b*, D65. */
type Lab = readonly [lightness: number, a: number, b: number];

/** What each kind of eye makes of linear light: Machado, Oliveira, Fernandes 2009, at full severity. */
export const VISIONS = {
  'all three cones': [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;

export function seenWith(vision: keyof typeof VISIONS, colour: Rgb): Lab {
  const light = colour.map((part) =>
    part / 255 <= 0.04045 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  );
  const matrix = VISIONS[vision];
  const cone = (row: number): number =>
    Math.min(
      1,
      Math.max(
        0,
        light.reduce((sum, part, at) => sum + (matrix[row * 3 + at] ?? 0) * part, 0),
      ),
    );
  const [red, green, blue] = [cone(0), cone(1), cone(2)];
  const f = (value: number): number => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116);
  const x = f((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
  const y = f(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = f((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const sine = (degrees: number): number => Math.sin((degrees * Math.PI) / 180);
const cosine = (degrees: number): number => Math.cos((degrees * Math.PI) / 180);
/** How far a chroma is from grey, for what CIEDE2000 does to the blues. */
const strength = (chroma: number): number => Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7));

/** CIEDE2000: 1 can just be seen side by side, 10 at a glance. After Sharma, Wu, Dalal 2005. */
export function colourDifference(one: Lab, other: Lab): number {
  const stretch = 1.5 - 0.5 * strength((Math.hypot(one[1], one[2]) + Math.hypot(other[1], other[2])) / 2);
  const [c1, h1] = polar(one[1] * stretch, one[2]);
  const [c2, h2] = polar(other[1] * stretch, other[2]);
  const grey = c1 * c2 === 0;
  const turn = grey ? 0 : ((h2 - h1 + 540) % 360) - 180;
  const hue = grey ? h1 + h2 : h1 + turn / 2;
  const chroma = (c1 + c2) / 2;
  const lightness = ((one[0] + other[0]) / 2 - 50) ** 2;
  const t =
    1 - 0.17 * cosine(hue - 30) + 0.24 * cosine(2 * hue) + 0.32 * cosine(3 * hue + 6) - 0.2 * cosine(4 * hue - 63);
  const byLightness = (other[0] - one[0]) / (1 + (0.015 * lightness) / Math.sqrt(20 + lightness));
  const byChroma = (c2 - c1) / (1 + 0.045 * chroma);
  const byHue = (2 * Math.sqrt(c1 * c2) * sine(turn / 2)) / (1 + 0.015 * chroma * t);
  const fromBlue = (((hue + 360) % 360) - 275) / 25;
  const blues = -2 * strength(chroma) * sine(60 * Math.exp(-(fromBlue ** 2)));
  return Math.sqrt(byLightness ** 2 + byChroma ** 2 + byHue ** 2 + blues * byChroma * byHue);
}

/** Length, and degrees from 0 to 360. */
function polar(a: number, b: number): [number, number] {
  return [Math.hypot(a, b), ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360];
}
