import { seededRandom } from "../media-makers/seeded-random.ts";

/** Gives arrays of nearly normal weights around 0, the same for the same seed. */
export function randomWeights(seed: number, deviation: number): (count: number) => Float32Array {
  const random = seededRandom(seed);
  const one = () => (random() + random() + random() - 1.5) * 2 * deviation;
  return (count) => Float32Array.from({ length: count }, one);
}
