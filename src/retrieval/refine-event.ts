import type { PictureReader } from "../ingest/picture-reader.ts";
import type { ActivityEvent, PictureSide } from "../media/activity-event.ts";
import { Failure } from "../media/failure.ts";
import type { MediaItem } from "../media/media-item.ts";
import { crossingTime, edgeStrip, stripChange } from "./edge-crossing.ts";
import { readFrames } from "./refine.ts";

const reachMs = 1000;
const framesPerSecond = 8;

/**
 * The event with its outer bounds to the frame: the picture is decoded again around them, and the edge watched at
 * which the object comes or goes. A bound stays as it was where nothing crosses an edge, where the edge shows
 * something else as well, or where the file cannot be read any more.
 */
export async function refineEvent(
  pictures: PictureReader,
  item: MediaItem,
  event: ActivityEvent,
  signal: AbortSignal,
): Promise<ActivityEvent> {
  try {
    return await exactEvent(pictures, item, event, signal);
  } catch (error) {
    if (error instanceof Failure) return event;
    throw error;
  }
}

/** The same for one who wants to know: throws `Failure` where the file cannot be read. */
export async function exactEvent(
  pictures: PictureReader,
  item: MediaItem,
  event: ActivityEvent,
  signal: AbortSignal,
): Promise<ActivityEvent> {
  const comes = event.kind === "enters" || event.kind === "moves" ? event.side : undefined;
  const goes = event.kind === "leaves" ? event.side : event.kind === "moves" ? event.towards : undefined;
  const startMs =
    comes && (await crossing(pictures, item, { event, side: comes, direction: "rise" }, signal));
  const endMs = goes && (await crossing(pictures, item, { event, side: goes, direction: "fall" }, signal));
  return withBounds(event, startMs ?? event.startMs, endMs ?? event.endMs);
}

interface Crossing {
  readonly event: ActivityEvent;
  readonly side: PictureSide;
  readonly direction: "rise" | "fall";
}

async function crossing(
  pictures: PictureReader,
  item: MediaItem,
  { event, side, direction }: Crossing,
  signal: AbortSignal,
): Promise<number | undefined> {
  const around = direction === "rise" ? event.startMs : event.endMs;
  const range = { startMs: Math.max(0, around - reachMs), endMs: around + reachMs, framesPerSecond };
  const frames = await readFrames(pictures, item, range, signal);
  const empty = direction === "rise" ? frames.at(0) : frames.at(-1);
  if (empty === undefined) return undefined;
  const strip = edgeStrip(side, event.box);
  const coverage = frames.map(({ timeMs, pixels }) => ({
    timeMs,
    value: stripChange(pixels, empty.pixels, strip),
  }));
  return crossingTime(coverage, direction);
}

function withBounds(event: ActivityEvent, startMs: number, endMs: number): ActivityEvent {
  if (startMs >= endMs) return event;
  const { presence } = event;
  return {
    ...event,
    startMs,
    endMs,
    presence: {
      startMs: presence.startMs === event.startMs ? startMs : presence.startMs,
      endMs: presence.endMs === event.endMs ? endMs : presence.endMs,
    },
  };
}
