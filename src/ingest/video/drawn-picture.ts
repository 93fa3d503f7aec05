import type { ActivityEvent } from "../../media/activity-event.ts";
import type { Pixels } from "../../media/pixels.ts";

/** A channel changes from this difference on, 0..255: above it lies the noise of a clean camera, below it that of a codec. */
const changedFrom = 3;
/** A drawn picture stands perfectly still for at least this share of its frames. */
const drawnShare = 0.6;

/** Watches whether a picture is drawn (slides, a recorded screen): between two changes not one pixel moves. */
export interface StillnessWatch {
  push(pixels: Pixels): void;
  /** Leaves out what a drawn picture shows: windows and slides that change are no objects before a camera. */
  keepReal(events: readonly ActivityEvent[]): readonly ActivityEvent[];
}

export function watchStillness(): StillnessWatch {
  let last: Pixels | undefined;
  let pairs = 0;
  let still = 0;
  return {
    push: (pixels) => {
      if (last?.data.length === pixels.data.length) {
        pairs += 1;
        if (isStill(last.data, pixels.data)) still += 1;
      }
      last = pixels;
    },
    keepReal: (events) => {
      const crosses = events.some(({ kind }) => kind === "enters" || kind === "leaves");
      return !crosses && pairs > 0 && still >= drawnShare * pairs ? [] : events;
    },
  };
}

function isStill(before: Uint8Array, now: Uint8Array): boolean {
  return before.every((value, index) => Math.abs(value - (now[index] ?? value)) <= changedFrom);
}
