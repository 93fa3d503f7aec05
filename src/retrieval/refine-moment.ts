import { createHash } from "node:crypto";
import type { Encoder } from "../encoder/encoder.ts";
import type { PictureReader } from "../ingest/picture-reader.ts";
import type { ActivityEvent } from "../media/activity-event.ts";
import { Failure } from "../media/failure.ts";
import type { MediaItem } from "../media/media-item.ts";
import { spanKey, type TimeSpan, timeSpan } from "../media/span.ts";
import type { KeptBounds } from "./kept-bounds.ts";
import { clampSpan, type Moment } from "./moment.ts";
import { refineBoundary } from "./refine.ts";
import { exactEvent } from "./refine-event.ts";
import { similarityTo } from "./similarity.ts";
import { visitsOf } from "./visits.ts";

interface RefineDeps {
  readonly encoder: Encoder;
  readonly pictures: PictureReader;
  readonly bounds: KeptBounds;
}

/**
 * The moment with bounds to the frame, where events or the likeness of frames alone found it in a video; else as it
 * is. The likeness is to `vector`: undefined where no picture was described.
 */
export async function refineMoment(
  deps: RefineDeps,
  moment: Moment,
  vector: Float32Array | undefined,
  signal: AbortSignal,
): Promise<Moment> {
  const { span, item, sources, throughout } = moment;
  if (item.kind !== "video" || span.kind !== "time" || throughout) return moment;
  // The id is of the file's content: another file, or a changed one, has other bounds.
  const kept = (told: string, decode: () => Promise<TimeSpan>) =>
    deps.bounds.get(`${item.id} ${item.modifiedAt} ${spanKey(span)} ${told}`, decode);
  try {
    if (sources.includes("event")) {
      const told = toldEvent(moment, span);
      if (told === undefined) return moment;
      const exact = async () => spanOf(await exactEvent(deps.pictures, item, told, signal));
      return within(moment, await kept(JSON.stringify(told), exact));
    }
    if (vector === undefined || sources.some((source) => source !== "frame")) return moment;
    const likeness = createHash("sha256").update(vector).digest("base64");
    return within(moment, await kept(likeness, () => exactBounds(deps, item, span, vector, signal)));
  } catch (error) {
    if (error instanceof Failure) return moment;
    throw error;
  }
}

function within(moment: Moment, span: TimeSpan): Moment {
  return { ...moment, span: clampSpan(span, moment.item) };
}

function spanOf({ startMs, endMs }: ActivityEvent): TimeSpan {
  return timeSpan(startMs, endMs);
}

/** The moment's span is that of one event, or of the whole visit that its events tell of. */
function toldEvent({ hits }: Moment, span: TimeSpan): ActivityEvent | undefined {
  const events = hits.flatMap(({ segment }) => (segment.event ? [segment.event] : []));
  const visits = visitsOf(hits).map(({ event }) => event);
  return [...events, ...visits].find((one) => one.startMs === span.startMs && one.endMs === span.endMs);
}

async function exactBounds(
  { encoder, pictures }: RefineDeps,
  item: MediaItem,
  span: TimeSpan,
  vector: Float32Array,
  signal: AbortSignal,
): Promise<TimeSpan> {
  const measure = similarityTo(encoder, vector);
  const boundary = async (aroundMs: number, direction: "rise" | "fall", atEdge: boolean) => {
    if (atEdge) return aroundMs;
    const found = await refineBoundary(pictures, { item, aroundMs, direction, measure }, signal);
    return found?.timeMs ?? aroundMs;
  };
  const startMs = await boundary(span.startMs, "rise", span.startMs <= 0);
  const endMs = await boundary(
    span.endMs,
    "fall",
    span.endMs >= (item.durationMs ?? Number.POSITIVE_INFINITY),
  );
  return startMs < endMs ? timeSpan(startMs, endMs) : span;
}
