import { type Span, spanKey, type TimeSpan, timeSpan } from "../media/span.ts";
import type { SearchHit } from "../store/media-store.ts";
import { groupByKey } from "./group-by-key.ts";
import { type Moment, momentOf } from "./moment.ts";

/** Frames are taken once a second: hits further apart than this have an unmatched frame between them. */
const frameGapMs = 1_500;
/** Readings of one screen or cue follow each other closer than this. */
const textGapMs = 2_500;
/** Texts that match about as well as each other, from this share of the better one's score on. */
const equalScore = 0.7;
/** Two moments that begin within this time of an instant are about the same thing. */
const touchMs = 500;

/** How long a stay is worth as one moment: the event itself, or the whole presence of its object. */
export type EventSpans = "event" | "presence";

/** Groups hits of one ranked list into moments, best first; a moment has its best hit's score. */
export function groupHits(
  hits: readonly SearchHit[],
  eventSpans: EventSpans = "presence",
): readonly Moment[] {
  const groups = groupByKey(hits, (hit) => groupKey(hit, eventSpans));
  const moments = [...groups.values()].flatMap((group) => splitAtGaps(group, eventSpans));
  return moments.sort((a, b) => b.score - a.score);
}

function groupKey({ item, segment }: SearchHit, eventSpans: EventSpans): string {
  if (segment.event !== undefined) {
    const { track, kind, startMs } = segment.event;
    return eventSpans === "presence" && track >= 0
      ? `${item.id} track ${track}`
      : `${item.id} ${kind} ${startMs} ${track}`;
  }
  if (segment.span.kind !== "time") return `${item.id} ${spanKey(segment.span)}`;
  return `${item.id} ${segment.source === "frame" ? "frames" : "texts"}`;
}

function splitAtGaps(group: readonly SearchHit[], eventSpans: EventSpans): readonly Moment[] {
  const first = group[0]!.segment;
  if (first.event !== undefined) {
    const { presence, startMs, endMs } = first.event;
    const whole = eventSpans === "presence" ? presence : { startMs, endMs };
    return [momentOf(group, timeSpan(whole.startMs, whole.endMs))];
  }
  if (first.span.kind !== "time") return [momentOf(group, first.span)];
  const runs =
    first.source === "frame"
      ? runsOf(group, frameGapMs)
      : runsOf(group, textGapMs).flatMap(({ hits }) => apartFromWeaker(hits));
  return runs.map((run) => momentOf(run.hits, run.span, bestInstant(run.hits)));
}

/** The cue that says it is the moment; a neighbour that shares one of its words must not stretch it. */
function apartFromWeaker(hits: readonly SearchHit[]): ReturnType<typeof runsOf> {
  const best = Math.max(...hits.map((hit) => hit.score));
  const strong = hits.filter((hit) => hit.score >= equalScore * best);
  const weak = hits.filter((hit) => hit.score < equalScore * best);
  return [...runsOf(strong, textGapMs), ...weak.flatMap((hit) => runsOf([hit], textGapMs))];
}

function bestInstant(hits: readonly SearchHit[]): Partial<Moment> {
  const best = hits.reduce((a, b) => (b.score > a.score ? b : a));
  const { span, source } = best.segment;
  return source === "frame" && span.kind === "time" ? { bestMs: span.startMs } : {};
}

/** Runs of hits of one item whose gaps are at most `gapMs`. */
function runsOf(hits: readonly SearchHit[], gapMs: number): readonly { hits: SearchHit[]; span: TimeSpan }[] {
  const timed = hits.flatMap((hit) =>
    hit.segment.span.kind === "time" ? [{ hit, span: hit.segment.span }] : [],
  );
  timed.sort((a, b) => a.span.startMs - b.span.startMs);
  const runs: { hits: SearchHit[]; span: TimeSpan }[] = [];
  for (const { hit, span } of timed) {
    const last = runs.at(-1);
    if (last !== undefined && span.startMs - last.span.endMs <= gapMs) {
      last.hits.push(hit);
      last.span = timeSpan(last.span.startMs, Math.max(last.span.endMs, span.endMs));
    } else {
      runs.push({ hits: [hit], span });
    }
  }
  return runs;
}

/** The more exactly a kind of hit knows its bounds, the higher. */
function exactness(moment: Moment): number {
  if (moment.sources.includes("event")) return 2;
  return moment.sources.every((source) => source === "frame") ? 0 : 1;
}

/** Whether two moments tell of the same stretch of the same item: at least half of the shorter lies in the longer. */
export function sameStretch(a: Moment, b: Moment): boolean {
  if (a.item.id !== b.item.id) return false;
  const [one, two] = [tracksOf(a), tracksOf(b)];
  if (one.size > 0 && two.size > 0) return [...one].some((track) => two.has(track));
  return spansMeet(a.span, b.span);
}

export function spansMeet(a: Span, b: Span): boolean {
  if (a.kind !== "time" || b.kind !== "time") return spanKey(a) === spanKey(b);
  const shorter = Math.min(a.endMs - a.startMs, b.endMs - b.startMs);
  const overlap = Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs);
  return shorter <= touchMs ? overlap >= -touchMs : overlap >= shorter / 2;
}

function tracksOf(moment: Moment): ReadonlySet<number> {
  return new Set(moment.hits.flatMap(({ segment }) => (segment.event ? [segment.event.track] : [])));
}

/** Joins moments of one stretch; the span is that of the more exact one, the first on a tie. */
export function joinMoments(a: Moment, b: Moment): Moment {
  const lead = exactness(b) > exactness(a) ? b : a;
  const other = lead === a ? b : a;
  const bestMs = lead.bestMs ?? other.bestMs;
  const { throughout: _, ...kept } = lead;
  return {
    ...kept,
    hits: [...lead.hits, ...other.hits],
    sources: [...new Set([...lead.sources, ...other.sources])],
    ...(bestMs === undefined ? {} : { bestMs }),
    ...(a.throughout && b.throughout ? { throughout: true as const } : {}),
  };
}
