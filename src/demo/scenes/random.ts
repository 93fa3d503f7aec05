import type { Colour } from "./canvas.ts";

/** Repeatable chance: equal seeds give equal scenes. */
export interface Chance {
  /** 0 ≤ value < 1. */
  next(): number;
  between(low: number, high: number): number;
  pick<Value>(values: readonly Value[]): Value;
  /** Each time another of the values, in a random order, until all are used. */
  shuffled<Value>(values: readonly Value[]): Value[];
  /** `colour` a little lighter or darker. */
  vary(colour: Colour, amount: number): Colour;
}

/** mulberry32 by T. Ettinger: 32 bits of state. */
export function chanceFrom(seed: number): Chance {
  let state = (seed * 2_654_435_761) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number): number => low + (high - low) * next();
  const shuffled = <Value>(values: readonly Value[]): Value[] =>
    values
      .map((value) => ({ value, order: next() }))
      .sort((a, b) => a.order - b.order)
      .map(({ value }) => value);
  return {
    next,
    between,
    shuffled,
    pick: (values) => values[Math.floor(next() * values.length)]!,
    vary: (colour, amount) => {
      const factor = 1 + between(-amount, amount);
      return [colour[0] * factor, colour[1] * factor, colour[2] * factor];
    },
  };
}
