import type { Planes } from "./planes.ts";
import type { Region } from "./regions.ts";

export interface Contour {
  /** Mean step of brightness and colour across the region's outline, in the picture and in the background. */
  readonly inPicture: number;
  readonly inBackground: number;
  /** Mean difference between picture and background inside the region. */
  readonly contrast: number;
}

function stepAt(planes: Planes, inside: number, outside: number): number {
  return (
    Math.abs(planes.y[inside]! - planes.y[outside]!) +
    Math.abs(planes.u[inside]! - planes.u[outside]!) +
    Math.abs(planes.v[inside]! - planes.v[outside]!)
  );
}

const directions: readonly (readonly [number, number])[] = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
];

/**
 * Compares a region's outline in the picture with the same line in the background. A thing that was put down has
 * its outline in the picture, one that was taken away in the background; light and shade have it in neither.
 * After the static-region test of Spagnolo et al., 2006.
 */
export function measureContour(region: Region, picture: Planes, background: Planes): Contour {
  const { width, height } = picture;
  const member = new Set(region.pixels);
  let inPicture = 0;
  let inBackground = 0;
  let count = 0;
  let contrast = 0;
  for (const pixel of region.pixels) {
    contrast += stepBetween(picture, background, pixel);
    const x = pixel % width;
    const y = (pixel - x) / width;
    for (const [dx, dy] of directions) {
      if (member.has(pixel + dy * width + dx)) continue;
      // Two pixels each way: an antialiased edge is spread over that much.
      const outX = x + 2 * dx;
      const outY = y + 2 * dy;
      const inX = x - dx;
      const inY = y - dy;
      if (outX < 0 || outX >= width || outY < 0 || outY >= height) continue;
      if (inX < 0 || inX >= width || inY < 0 || inY >= height) continue;
      inPicture += stepAt(picture, inY * width + inX, outY * width + outX);
      inBackground += stepAt(background, inY * width + inX, outY * width + outX);
      count++;
    }
  }
  const edges = Math.max(1, count);
  return {
    inPicture: inPicture / edges,
    inBackground: inBackground / edges,
    contrast: contrast / region.pixels.length,
  };
}

function stepBetween(picture: Planes, background: Planes, pixel: number): number {
  return (
    Math.abs(picture.y[pixel]! - background.y[pixel]!) +
    Math.abs(picture.u[pixel]! - background.u[pixel]!) +
    Math.abs(picture.v[pixel]! - background.v[pixel]!)
  );
}

/** How alike the brightness slopes of two pictures are over some pixels (−1..1), and how much slope there is to compare. */
export function slopeLikeness(
  a: Planes,
  b: Planes,
  pixels: Iterable<number>,
): { readonly likeness: number; readonly slope: number } {
  const { width } = a;
  let both = 0;
  let ofA = 0;
  let ofB = 0;
  let count = 0;
  for (const pixel of pixels) {
    if (pixel < width || pixel + width >= a.y.length) continue;
    const ax = a.y[pixel + 1]! - a.y[pixel - 1]!;
    const ay = a.y[pixel + width]! - a.y[pixel - width]!;
    const bx = b.y[pixel + 1]! - b.y[pixel - 1]!;
    const by = b.y[pixel + width]! - b.y[pixel - width]!;
    both += ax * bx + ay * by;
    ofA += ax * ax + ay * ay;
    ofB += bx * bx + by * by;
    count++;
  }
  return {
    likeness: both / Math.sqrt(ofA * ofB + 1),
    slope: Math.sqrt(Math.min(ofA, ofB) / Math.max(1, count)),
  };
}
