import type { Encoder } from "../encoder/encoder.ts";
import type { PictureReader } from "../ingest/picture-reader.ts";
import { Failure } from "../media/failure.ts";
import { type TimeSpan, timeSpan } from "../media/span.ts";
import { clampSpan, type Moment } from "./moment.ts";
import { refineBoundary } from "./refine.ts";
import { similarityTo } from "./similarity.ts";

interface RefineDeps {
  readonly encoder: Encoder;
  readonly pictures: PictureReader;
}

/** The moment with bounds to the frame, where the likeness of frames alone found it in a video; else as it is. */
export async function refineMoment(
  deps: RefineDeps,
  moment: Moment,
  vector: Float32Array,
  signal: AbortSignal,
): Promise<Moment> {
  const { span, item, sources, throughout } = moment;
  const framesOnly = sources.every((source) => source === "frame");
  if (item.kind !== "video" || span.kind !== "time" || !framesOnly || throughout) return moment;
  try {
    return await exactBounds(deps, moment, span, vector, signal);
  } catch (error) {
    if (error instanceof Failure) return moment;
    throw error;
  }
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
