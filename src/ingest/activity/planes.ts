export interface ActivityFrame {
  readonly timeMs: number;
  readonly width: number;
  readonly height: number;
  /** Interleaved 8-bit RGB. */
  readonly data: Uint8Array;
  /** The whole picture says that another shot begins here, whatever the objects say. */
  readonly startsShot?: boolean;
}

/** A picture as brightness (0..255) and two colour differences (about −128..128), one value a pixel. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly y: Float32Array;
  readonly u: Float32Array;
  readonly v: Float32Array;
}

export function emptyPlanes(width: number, height: number): Planes {
  const size = width * height;
  return { width, height, y: new Float32Array(size), u: new Float32Array(size), v: new Float32Array(size) };
}

/** ITU-R BT.601 weights. */
export function toPlanes({ width, height, data }: ActivityFrame): Planes {
  const planes = emptyPlanes(width, height);
  const { y, u, v } = planes;
  for (let pixel = 0, index = 0; pixel < y.length; pixel++, index += 3) {
    const luma = 0.299 * data[index]! + 0.587 * data[index + 1]! + 0.114 * data[index + 2]!;
    y[pixel] = luma;
    u[pixel] = (data[index + 2]! - luma) * 0.564;
    v[pixel] = (data[index]! - luma) * 0.713;
  }
  return planes;
}

/** The median (or another share) of values; reorders them. */
export function quantile(values: Float32Array | number[], share = 0.5): number {
  const sorted = values.sort((a: number, b: number) => a - b) as Float32Array | number[];
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
