import { formatDuration } from "./amounts.ts";

const duration = (ms: number) => formatDuration(ms, ["s", "min", "h"]);

/** What `index --captions` says. */
export const captionsEn = {
  plan: (plan: { missing: number; present: number; items: number; msEach: number; estimateMs: number }) =>
    plan.missing === 0
      ? `Captions: all ${plan.present} shots and pictures have one`
      : `Captions: ${plan.missing} shots and pictures in ${plan.items} files without one (${plan.present} have one); ` +
        `about ${(plan.msEach / 1000).toFixed(1)} s each, ${duration(plan.estimateMs)} in all`,
  progress: (done: number, total: number, etaMs: number, text: string) =>
    `${done}/${total} · ${duration(etaMs)} left · ${text}`,
  end: (written: number, wordless: number) =>
    `Captions: ${written} written${wordless > 0 ? `, ${wordless} without words` : ""}.`,
};

export type CaptionsMessages = typeof captionsEn;
