import type { Pixels } from "../../../media/pixels.ts";
import type { Rgb } from "../palette.ts";
import { latticeNoise } from "../random.ts";
import type { Lighting, PicturePlan } from "./picture-plan.ts";
import { blend } from "./shades.ts";

export interface Rendering {
  readonly pixels: Pixels;
  /** The same picture before the sensor's noise: what its colours truly are. */
  readonly noiseless: Uint8Array;
}

export function render(plan: PicturePlan, width: number, height: number): Rendering {
  const data = new Uint8Array(width * height * 3);
  const noiseless = new Uint8Array(data.length);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const u = ((pixel % width) + 0.5) / width;
    const v = (Math.floor(pixel / width) + 0.5) / height;
    const noise = plan.lighting.noise * (latticeNoise(pixel % width, pixel, plan.noiseSeed) * 2 - 1);
    const lit = illuminate(visibleShade(plan, u, v), plan.lighting, u, v);
    for (let c = 0; c < 3; c++) {
      noiseless[pixel * 3 + c] = toByte(lit[c]!);
      data[pixel * 3 + c] = toByte(lit[c]! + noise);
    }
  }
  return { pixels: { width, height, data }, noiseless };
}

function visibleShade(plan: PicturePlan, u: number, v: number): Rgb {
  let rgb = plan.background.shadeAt(u, v);
  for (const object of plan.objects) {
    const cover = object.coverage(u, v);
    if (cover > 0) rgb = blend(rgb, object.shadeAt(u, v), cover);
  }
  return rgb;
}

function illuminate(rgb: Rgb, light: Lighting, u: number, v: number): readonly number[] {
  const grey = (rgb[0] + rgb[1] + rgb[2]) / 3;
  const factor = light.exposure + glowAt(light, u, v);
  return rgb.map((value) => {
    const lit = (grey + (value - grey) * light.saturation) * factor;
    return lit + (0.82 - lit) * light.haze;
  });
}

function glowAt({ glow }: Lighting, u: number, v: number): number {
  if (glow === undefined) return 0;
  const distance = ((u - glow.u) * (u - glow.u) + (v - glow.v) * (v - glow.v)) / (glow.reach * glow.reach);
  return glow.strength / (1 + distance * distance);
}

function toByte(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 255);
}
