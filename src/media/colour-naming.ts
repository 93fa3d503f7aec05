import type { ColourName } from "./colour-name.ts";

export interface Lch {
  /** 0 black .. 100 white. */
  readonly lightness: number;
  /** 0 grey .. about 130. */
  readonly chroma: number;
  /** Degrees, 0..360: red 30, yellow 100, green 140, blue 290, purple 320. */
  readonly hue: number;
}

const linear = Float64Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

const lightResponse = (value: number): number =>
  value > 216 / 24_389 ? Math.cbrt(value) : ((24_389 / 27) * value + 16) / 116;

const linearOf = (value: number): number => linear[Math.max(0, Math.min(255, Math.round(value)))]!;

/** 8-bit sRGB (D65) → CIE LCh(ab). */
export function toLch(red: number, green: number, blue: number): Lch {
  const r = linearOf(red);
  const g = linearOf(green);
  const b = linearOf(blue);
  const x = lightResponse((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = lightResponse(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = lightResponse((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  const a = 500 * (x - y);
  const bb = 200 * (y - z);
  const hue = (Math.atan2(bb, a) * 180) / Math.PI;
  return { lightness: 116 * y - 16, chroma: Math.hypot(a, bb), hue: hue < 0 ? hue + 360 : hue };
}

function nameNeutral(lightness: number): ColourName {
  if (lightness < 27) return "black";
  return lightness > 78 ? "white" : "grey";
}

function nameWarm({ lightness, chroma, hue }: Lch): ColourName {
  if (hue < 43) return lightness < 24 && chroma < 30 ? "brown" : "red";
  const dull = lightness < 55 && chroma < 58;
  if (hue < 74) return dull || chroma < 30 ? "brown" : "orange";
  return lightness < 45 && chroma < 45 ? "brown" : "yellow";
}

function nameRosy({ lightness, chroma, hue }: Lch): ColourName {
  if (lightness > 66) return "pink";
  if (hue >= 355 || hue < 20) return lightness > 55 && chroma < 62 ? "pink" : "red";
  return lightness > 50 ? "pink" : "purple";
}

function nameHue(colour: Lch): ColourName {
  const { lightness, hue } = colour;
  if (hue >= 330 || hue < 20) return nameRosy(colour);
  if (hue < 104) return hue < 30 && lightness > 68 ? "pink" : nameWarm(colour);
  if (hue < 112) return lightness > 60 ? "yellow" : "green";
  if (hue < 205) return "green";
  if (hue < 304) return "blue";
  return lightness > 72 ? "pink" : "purple";
}

/** Below this chroma a tone is taken for grey; very light and very dark ones need less colour to be noticed. */
const neutralChroma = (lightness: number): number => {
  if (lightness > 78) return 11;
  return lightness < 27 ? 12 : 13;
};

/**
 * The everyday word for a colour. Boundaries follow the basic colour terms of Berlin and Kay as surveyed in
 * naming studies: pale tones are neutral, dark orange is brown, pale red is pink.
 */
export function nameLch(colour: Lch): ColourName {
  if (colour.lightness < 9) return "black";
  if (colour.chroma < neutralChroma(colour.lightness)) return nameNeutral(colour.lightness);
  return nameHue(colour);
}

/** As `nameLch`, for 8-bit sRGB. */
export function nameColour(red: number, green: number, blue: number): ColourName {
  return nameLch(toLch(red, green, blue));
}
