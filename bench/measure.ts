/** Timings on a shared machine drift: measure both sides in turn, in one run, and compare medians. */
export async function pairedRatio(
  subject: () => Promise<unknown>,
  limit: () => Promise<unknown>,
  rounds: number,
): Promise<{ readonly subjectMs: number; readonly limitMs: number; readonly ratio: number }> {
  await subject();
  await limit();
  const subjectTimes: number[] = [];
  const limitTimes: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    subjectTimes.push(await elapsedMs(subject));
    limitTimes.push(await elapsedMs(limit));
  }
  const subjectMs = median(subjectTimes);
  const limitMs = median(limitTimes);
  return { subjectMs, limitMs, ratio: subjectMs / limitMs };
}

export async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
