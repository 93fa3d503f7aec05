import { type Costs, expectedMs } from "./estimate.ts";
import type { IndexProgressEvent } from "./index-event.ts";
import type { EncodeStep } from "./plan.ts";

export interface ProgressMeter {
  report(step: EncodeStep, fraction: number): void;
  /** `failed`: the file took no time worth counting, and says nothing about how long the rest takes. */
  finish(step: EncodeStep, failed: boolean): void;
}

const quietMs = 200;

/** Weighs files by their expected time, so that one film counts for more than a hundred pictures. */
export function progressMeter(
  steps: readonly EncodeStep[],
  { costs, concurrency }: { readonly costs: Costs; readonly concurrency: number },
  emit: (event: IndexProgressEvent) => void,
  now: () => number = () => performance.now(),
): ProgressMeter {
  const began = now();
  const weights = new Map(steps.map((step) => [step, expectedMs(step.file, costs)]));
  let total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const atWork = new Map<EncodeStep, number>();
  let done = 0;
  let doneWeight = 0;
  let doneBytes = 0;
  let lastSaid = Number.NEGATIVE_INFINITY;

  const partly = (measure: (step: EncodeStep) => number) =>
    [...atWork].reduce((sum, [step, fraction]) => sum + fraction * measure(step), 0);
  const say = (step: EncodeStep, fraction: number) => {
    const elapsed = Math.max(1, now() - began);
    const weight = doneWeight + partly((one) => weights.get(one) ?? 0);
    const left = total - weight;
    const etaMs = weight > 0 ? (elapsed * left) / weight : left / Math.max(1, concurrency);
    const rate = ((doneBytes + partly((one) => one.file.bytes)) * 1000) / elapsed;
    lastSaid = now();
    emit({
      type: "index-progress",
      done,
      total: steps.length,
      path: step.file.path,
      fraction,
      rate: Math.round(rate),
      etaMs: Math.max(0, Math.round(etaMs)),
    });
  };
  return {
    report: (step, fraction) => {
      atWork.set(step, Math.min(1, Math.max(0, fraction)));
      if (now() - lastSaid >= quietMs) say(step, fraction);
    },
    finish: (step, failed) => {
      atWork.delete(step);
      done += 1;
      const weight = weights.get(step) ?? 0;
      if (failed) total -= weight;
      else doneWeight += weight;
      doneBytes += step.file.bytes;
      if (done === steps.length || now() - lastSaid >= quietMs) say(step, 1);
    },
  };
}
