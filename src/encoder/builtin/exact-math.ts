/**
 * Elementary functions from +, −, × and ÷ alone, which IEEE 754 fixes to the bit on every CPU.
 * `Math.exp` and `Math.cbrt` may differ in the last place between platforms, and the encoder must be
 * reproducible to the byte.
 */
const ln2 = Math.LN2;
const powersOfTwo: readonly number[] = Array.from({ length: 32 }, (_, k) => 1 / 2 ** k);

/** e^x for x ≤ 0; below −20 it is 0. Relative error above that under 1e-9. */
export function expOfNegative(x: number): number {
  if (x < -20) return 0;
  const halvings = Math.floor(0.5 - x * (1 / ln2));
  const r = x + halvings * ln2;
  const upper = 1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040 + r * (1 / 40320))));
  return (1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * upper)))) * powersOfTwo[halvings]!;
}

/** Cube root for 1e-6 ≤ x ≤ 2, by Halley's iteration. */
export function cubeRoot(x: number): number {
  let y = 0.25 + 0.8 * x;
  for (let n = 0; n < 6; n++) {
    const cube = y * y * y;
    y *= (cube + 2 * x) / (2 * cube + x);
  }
  return y;
}
