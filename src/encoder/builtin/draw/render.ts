import { colourNames } from "../../../media/colour-name.ts";
import type { Pixels } from "../../../media/pixels.ts";
import { latticeNoise } from "../random.ts";
import type { Lighting, PicturePlan, Shade } from "./picture-plan.ts";

/** The picture, and for each pixel the index of its colour's name (−1: none fits). */
export interface Rendering {
  readonly pixels: Pixels;
  readonly names: Int8Array;
}

export function render(plan: PicturePlan, width: number, height: number): Rendering {
  const data = new Uint8Array(width * height * 3);
  const names = new Int8Array(width * height);
  for (let pixel = 0; pixel < names.length; pixel++) {
    const u = ((pixel % width) + 0.5) / width;
    const v = (Math.floor(pixel / width) + 0.5) / height;
    const shade = visibleShade(plan, u, v);
    const noise = plan.lighting.noise * (latticeNoise(pixel % width, pixel, plan.noiseSeed) * 2 - 1);
    const lit = illuminate(shade.rgb, plan.lighting, u, v);
    names[pixel] = nameInThisLight(shade.name, lit);
    for (let c = 0; c < 3; c++) data[pixel * 3 + c] = toByte(lit[c]! + noise);
  }
  return { pixels: { width, height, data }, names };
}

const achromatic = (["black", "white", "grey"] as const).map((name) => colourNames.indexOf(name));

/** Light turns white to grey and grey to black; between two of these words, none is right. */
function nameInThisLight(name: number, lit: readonly number[]): number {
  const [black, white, grey] = achromatic;
  if (name < 0 || !achromatic.includes(name)) return name;
  const level = (lit[0]! + lit[1]! + lit[2]!) / 3;
  if (level < 0.17) return black!;
  if (level > 0.87) return white!;
  return level > 0.23 && level < 0.78 ? grey! : -1;
}

function visibleShade(plan: PicturePlan, u: number, v: number): Shade {
  let { rgb, name } = plan.background.shadeAt(u, v);
  for (const object of plan.objects) {
    const cover = object.coverage(u, v);
    if (cover <= 0) continue;
    const shade = object.shadeAt(u, v);
    rgb = [
      rgb[0] + (shade.rgb[0] - rgb[0]) * cover,
      rgb[1] + (shade.rgb[1] - rgb[1]) * cover,
      rgb[2] + (shade.rgb[2] - rgb[2]) * cover,
    ];
    if (cover > 0.5) name = shade.name;
  }
  return { rgb, name };
}

function illuminate(rgb: readonly number[], light: Lighting, u: number, v: number): readonly number[] {
  const grey = (rgb[0]! + rgb[1]! + rgb[2]!) / 3;
  const factor = light.exposure + glowAt(light, u, v);
  return rgb.map((value) => {
    const lit = (grey + (value - grey) * light.saturation) * factor;
    return lit + (0.82 - lit) * light.haze;
  });
}

function glowAt({ glow }: Lighting, u: number, v: number): number {
  if (glow === undefined) return 0;
  const distance = ((u - glow.u) ** 2 + (v - glow.v) ** 2) / glow.reach ** 2;
  return glow.strength / (1 + distance * distance);
}

function toByte(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 255);
}
