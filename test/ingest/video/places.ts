import type { Pixels } from "../../../src/media/pixels.ts";
import { seededRandom } from "../../media-makers/seeded-random.ts";

export interface PictureOptions {
  readonly width?: number;
  readonly height?: number;
  /** How far the camera has turned to the right, in pixels. */
  readonly pan?: number;
  /** Brightness, 1 as it is. */
  readonly gain?: number;
  /** Filled boxes on top: left, top, width, height, and a colour. */
  readonly boxes?: readonly (readonly [number, number, number, number, readonly [number, number, number]])[];
}

/** A place with soft shapes of several colours; another seed is another place. */
export function place(seed: number, options: PictureOptions = {}): Pixels {
  const { width = 192, height = 108, pan = 0, gain = 1, boxes = [] } = options;
  const random = seededRandom(seed);
  const blobs = Array.from({ length: 24 }, () => ({
    x: random() * width * 4,
    y: random() * height,
    size: 10 + random() * 30,
    colour: [random() * 255, random() * 255, random() * 255] as const,
  }));
  const ground = [random() * 200, random() * 200, random() * 200] as const;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const blob = blobs.findLast((one) => (x + pan - one.x) ** 2 + (y - one.y) ** 2 < one.size ** 2);
      const box = boxes.find(([left, top, w, h]) => x >= left && x < left + w && y >= top && y < top + h);
      const colour = box?.[4] ?? blob?.colour ?? ground;
      for (let channel = 0; channel < 3; channel += 1) {
        data[(y * width + x) * 3 + channel] = Math.min(255, (colour[channel] ?? 0) * gain);
      }
    }
  }
  return { width, height, data };
}
