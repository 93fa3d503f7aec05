import type { Exposure } from "./exposure.ts";
import { emptyPlanes, type Planes } from "./planes.ts";

/** The still picture behind everything that moves, at the exposure of the shot's start. */
export interface Background extends Planes {
  /** Usual deviation of the brightness from `y`, per pixel: noise, and things that flutter. */
  readonly spread: Float32Array;
  /** The last time (milliseconds) at which the pixel looked like the background. */
  readonly lastSeen: Int32Array;
  /** Since what time (milliseconds) the pixel has kept its present look, and that look's brightness and colour. */
  readonly stableSince: Int32Array;
  readonly stable: Planes;
  /** 1 where the light changed while an object hid the background: what is behind it is a guess. */
  readonly guessed: Uint8Array;
}

function medianOf(column: Float32Array): number {
  column.sort();
  const half = column.length >> 1;
  return column.length % 2 ? column[half]! : (column[half - 1]! + column[half]!) / 2;
}

function medianPlane(frames: readonly Planes[], plane: "y" | "u" | "v", into: Float32Array): void {
  const column = new Float32Array(frames.length);
  for (let pixel = 0; pixel < into.length; pixel++) {
    for (let frame = 0; frame < frames.length; frame++) column[frame] = frames[frame]![plane][pixel]!;
    into[pixel] = medianOf(column);
  }
}

/** Per-pixel median and median deviation of a few seconds: what moves through them leaves no trace. */
export function learnBackground(frames: readonly Planes[], timeMs: number): Background {
  const { width, height } = frames[0]!;
  const planes = emptyPlanes(width, height);
  for (const plane of ["y", "u", "v"] as const) medianPlane(frames, plane, planes[plane]);
  const spread = new Float32Array(width * height);
  const column = new Float32Array(frames.length);
  for (let pixel = 0; pixel < spread.length; pixel++) {
    for (let frame = 0; frame < frames.length; frame++)
      column[frame] = Math.abs(frames[frame]!.y[pixel]! - planes.y[pixel]!);
    // 1.48 times the median deviation is the standard deviation of a normal distribution.
    spread[pixel] = 1.48 * medianOf(column);
  }
  const first = frames[0]!;
  return {
    ...planes,
    spread,
    lastSeen: new Int32Array(width * height).fill(timeMs - 1),
    stableSince: new Int32Array(width * height).fill(timeMs),
    guessed: new Uint8Array(width * height),
    stable: {
      width,
      height,
      y: Float32Array.from(first.y),
      u: Float32Array.from(first.u),
      v: Float32Array.from(first.v),
    },
  };
}

/** Notes for each pixel since when it has looked as it does now. */
export function followStability(background: Background, frame: Planes, timeMs: number, noise: number): void {
  const { stable, stableSince } = background;
  const limit = 9 + 3 * noise;
  for (let pixel = 0; pixel < frame.y.length; pixel++) {
    const dy = frame.y[pixel]! - stable.y[pixel]!;
    const du = frame.u[pixel]! - stable.u[pixel]!;
    const dv = frame.v[pixel]! - stable.v[pixel]!;
    if (Math.abs(dy) + Math.abs(du) + Math.abs(dv) > limit) {
      stable.y[pixel] = frame.y[pixel]!;
      stable.u[pixel] = frame.u[pixel]!;
      stable.v[pixel] = frame.v[pixel]!;
      stableSince[pixel] = timeMs;
    } else {
      stable.y[pixel] = stable.y[pixel]! + 0.1 * dy;
      stable.u[pixel] = stable.u[pixel]! + 0.1 * du;
      stable.v[pixel] = stable.v[pixel]! + 0.1 * dv;
    }
  }
}

/** Lets the pixel's background move towards the picture by `rate` (0..1; 1 takes it over). */
export function learnPixel(
  background: Background,
  frame: Planes,
  pixel: number,
  exposure: Exposure,
  rate: number,
): void {
  const { y, u, v } = background;
  y[pixel] = y[pixel]! + rate * ((frame.y[pixel]! - exposure.offset) / exposure.gain - y[pixel]!);
  u[pixel] = u[pixel]! + rate * (frame.u[pixel]! - exposure.u - u[pixel]!);
  v[pixel] = v[pixel]! + rate * (frame.v[pixel]! - exposure.v - v[pixel]!);
}
