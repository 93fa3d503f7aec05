/** How like the frames of a query clip one stretch of a video is: curves[i] is clip frame i over the video. */
export interface SimilarityCurve {
  /** From the clip's start. */
  readonly offsetMs: number;
  /** By start, without overlaps; each value holds from its start to the next one's. */
  readonly steps: readonly { readonly startMs: number; readonly value: number }[];
}

export interface Alignment {
  readonly startMs: number;
  readonly endMs: number;
  /** Mean similarity of clip frame and video frame, in order. */
  readonly score: number;
}

const stepMs = 500;
/** Two alignments closer than this share of the clip's length are one. */
const leastApart = 0.75;

/** Every placing of the clip in the video, half a second apart, with the mean similarity of its frames in order. */
export function alignClip(
  curves: readonly SimilarityCurve[],
  clipMs: number,
  videoMs: number,
): readonly Alignment[] {
  const last = Math.max(0, videoMs - clipMs);
  const alignments: Alignment[] = [];
  for (let startMs = 0; startMs <= last + stepMs / 2; startMs += stepMs) {
    const start = Math.min(startMs, last);
    const inside = curves.filter((curve) => start + curve.offsetMs <= videoMs);
    const total = inside.reduce((sum, curve) => sum + valueAt(curve, start + curve.offsetMs), 0);
    // Frames for which a short video has no room count as unlike.
    alignments.push({
      startMs: start,
      endMs: Math.min(videoMs, start + clipMs),
      score: total / curves.length,
    });
  }
  return alignments;
}

function valueAt({ steps }: SimilarityCurve, timeMs: number): number {
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (steps[middle]!.startMs <= timeMs) low = middle;
    else high = middle - 1;
  }
  return steps[low]?.value ?? 0;
}

/** The best alignments that do not lie on each other, best first. */
export function separatePeaks(alignments: readonly Alignment[], clipMs: number): readonly Alignment[] {
  const peaks: Alignment[] = [];
  for (const candidate of [...alignments].sort((a, b) => b.score - a.score)) {
    const taken = peaks.some((peak) => Math.abs(peak.startMs - candidate.startMs) < clipMs * leastApart);
    if (!taken) peaks.push(candidate);
  }
  return peaks;
}

/**
 * The alignments that answer a query by clip: at or above the threshold, and where the background alone passes it,
 * clearly above the video's usual alignment (median and median absolute deviation).
 */
export function standingPeaks(
  alignments: readonly Alignment[],
  clipMs: number,
  threshold: number,
): readonly Alignment[] {
  const scores = alignments.map(({ score }) => score).sort((a, b) => a - b);
  const usual = scores[Math.floor(scores.length / 2)] ?? 0;
  const deviations = scores.map((score) => Math.abs(score - usual)).sort((a, b) => a - b);
  const deviation = 1.4826 * (deviations[Math.floor(deviations.length / 2)] ?? 0);
  const floor = usual < threshold ? threshold : usual + Math.max(0.002, 2 * deviation);
  const peaks = separatePeaks(alignments, clipMs).filter(({ score }) => score >= threshold);
  return alignments.length < 4 ? peaks : peaks.filter(({ score }) => score >= floor);
}
