import type { Encoder } from "../encoder/encoder.ts";
import type { PictureReader } from "../ingest/picture-reader.ts";
import { Failure } from "../media/failure.ts";
import { type TimeSpan, timeSpan } from "../media/span.ts";
import { clampSpan, type Moment } from "./moment.ts";
import { refineBoundary } from "./refine.ts";
import { refineEvent } from "./refine-event.ts";
import { similarityTo } from "./similarity.ts";
import { visitsOf } from "./visits.ts";

interface RefineDeps {
  readonly encoder: Encoder;
  readonly pictures: PictureReader;
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
  if (sources.includes("event")) return exactEvent(deps, moment, span, signal);
  if (vector === undefined || sources.some((source) => source !== "frame")) return moment;
  try {
    return await exactBounds(deps, moment, span, vector, signal);
  } catch (error) {
    if (error instanceof Failure) return moment;
    throw error;
  }
}

/** The moment's span is that of one event, or of the whole visit that its events tell of. */
async function exactEvent(
  { pictures }: RefineDeps,
  moment: Moment,
  span: TimeSpan,
  signal: AbortSignal,
): Promise<Moment> {
  const events = moment.hits.flatMap(({ segment }) => (segment.event ? [segment.event] : []));
  const visits = visitsOf(moment.hits).map(({ event }) => event);
  const told = [...events, ...visits].find((one) => one.startMs === span.startMs && one.endMs === span.endMs);
  if (told === undefined) return moment;
  const { startMs, endMs } = await refineEvent(pictures, moment.item, told, signal);
  return { ...moment, span: clampSpan(timeSpan(startMs, endMs), moment.item) };
}

async function exactBounds(
  { encoder, pictures }: RefineDeps,
  moment: Moment,
  span: TimeSpan,
  vector: Float32Array,
  signal: AbortSignal,
): Promise<Moment> {
  const { item } = moment;
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
  return startMs < endMs ? { ...moment, span: clampSpan(timeSpan(startMs, endMs), item) } : moment;
}
