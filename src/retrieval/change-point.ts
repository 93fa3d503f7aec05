export interface Sample {
  readonly timeMs: number;
  readonly value: number;
}

export interface ChangePoint {
  /** Halfway between the last sample before the change and the first after it. */
  readonly timeMs: number;
  /** Difference of the two levels over the spread within them: under 3 it is no clear change. */
  readonly clarity: number;
}

export const clearChange = 3;

/**
 * Where a series steps from one level to another: the split into two constant pieces with the least squared error
 * (the single change point of binary segmentation, E. S. Page, Biometrika 1955 and A. Scott, M. Knott, Biometrics 1974).
 *
 * @param samples in order of time, at least three
 * @param direction `rise` finds a step up only, `fall` a step down only
 * @returns undefined when no split goes in that direction
 */
export function changePoint(samples: readonly Sample[], direction: "rise" | "fall"): ChangePoint | undefined {
  if (samples.length < 3) return undefined;
  const sign = direction === "rise" ? 1 : -1;
  let best: { at: number; error: number; step: number } | undefined;
  for (let at = 1; at < samples.length; at++) {
    const before = levelOf(samples.slice(0, at));
    const after = levelOf(samples.slice(at));
    const step = sign * (after.mean - before.mean);
    const error = before.error + after.error;
    if (step > 0 && (best === undefined || error < best.error)) best = { at, error, step };
  }
  if (best === undefined) return undefined;
  const spread = Math.sqrt(best.error / samples.length);
  const timeMs = Math.round((samples[best.at - 1]!.timeMs + samples[best.at]!.timeMs) / 2);
  return { timeMs, clarity: spread === 0 ? Number.POSITIVE_INFINITY : best.step / spread };
}

function levelOf(samples: readonly Sample[]): { readonly mean: number; readonly error: number } {
  const mean = samples.reduce((sum, { value }) => sum + value, 0) / samples.length;
  return { mean, error: samples.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) };
}
