import { type Chance, chanceFrom } from "./scenes/random.ts";

/** Numbers that depend on a seed alone, so that a rendering can be repeated to the byte. */
export interface Random extends Chance {
  /** low…high, both included. */
  whole(low: number, high: number): number;
  /** An independent stream of its own: what one part draws does not move another part. */
  fork(name: string): Random;
}

export function seededRandom(seed: number): Random {
  const chance = chanceFrom(seed);
  return {
    ...chance,
    whole: (low, high) => low + Math.floor(chance.next() * (high - low + 1)),
    fork: (name) => seededRandom(hash(`${seed}/${name}`)),
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
