import type { Canvas } from "./canvas.ts";
import type { Chance } from "./random.ts";

/** Adds a camera's noise of standard deviation `sigma` (8-bit steps) to a picture, different at every call. */
export function sensorNoise(chance: Chance, sigma: number): (canvas: Canvas) => void {
  const table = new Int8Array(1 << 16);
  for (let index = 0; index < table.length; index++) {
    const gauss = chance.next() + chance.next() + chance.next() + chance.next() - 2;
    table[index] = Math.round(gauss * 1.732 * sigma);
  }
  return ({ data, width }) => {
    const stride = width * 3;
    for (let start = 0; start < data.length; start += stride) {
      let position = Math.floor(chance.next() * table.length);
      const end = Math.min(data.length, start + stride);
      for (let index = start; index < end; index++) {
        data[index] = data[index]! + table[position++ & 0xffff]!;
      }
    }
  };
}

/** Smooth noise −1..1 over stage units, `size` units from one bump to the next: plaster, asphalt, grass. */
export function texture(chance: Chance, size: number): (x: number, y: number) => number {
  const lattice = Float32Array.from({ length: 64 * 64 }, () => chance.next() * 2 - 1);
  const at = (column: number, row: number): number => lattice[((row & 63) << 6) | (column & 63)]!;
  return (x, y) => {
    const column = Math.floor(x / size);
    const row = Math.floor(y / size);
    const fx = x / size - column;
    const fy = y / size - row;
    const upper = at(column, row) * (1 - fx) + at(column + 1, row) * fx;
    const lower = at(column, row + 1) * (1 - fx) + at(column + 1, row + 1) * fx;
    return upper * (1 - fy) + lower * fy;
  };
}

/** Changes the light of a whole picture: each channel times its gain. */
export function expose(canvas: Canvas, red: number, green = red, blue = red): void {
  const { data } = canvas;
  for (let index = 0; index < data.length; index += 3) {
    data[index] = data[index]! * red;
    data[index + 1] = data[index + 1]! * green;
    data[index + 2] = data[index + 2]! * blue;
  }
}
