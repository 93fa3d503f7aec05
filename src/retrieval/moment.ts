import type { Finding } from "../media/citation.ts";
import type { MediaItem } from "../media/media-item.ts";
import type { SegmentSource } from "../media/segment.ts";
import { type Span, timeSpan } from "../media/span.ts";
import type { SearchHit } from "../store/media-store.ts";

/** A stretch of one item that answers a query, with the hits that speak for it, best first. */
export interface Moment {
  readonly item: MediaItem;
  readonly span: Span;
  readonly hits: readonly SearchHit[];
  /** Fused rank score; comparable within one search only. */
  readonly score: number;
  readonly sources: readonly SegmentSource[];
  /** The best single instant, ms, where pictures were compared. */
  readonly bestMs?: number;
  /** The match runs through most of the video without standing out: it is the background that matches. */
  readonly throughout?: true;
  /** The moment is (part of) the query's own clip. */
  readonly same?: true;
}

export function momentOf(hits: readonly SearchHit[], span: Span, extra: Partial<Moment> = {}): Moment {
  const best = [...hits].sort((a, b) => b.score - a.score);
  const item = best[0]!.item;
  const sources = [...new Set(best.map((hit) => hit.segment.source))];
  return { item, score: best[0]!.score, sources, ...extra, hits: best, span: clampSpan(span, item) };
}

/** Time spans end with their item. */
export function clampSpan(span: Span, item: MediaItem): Span {
  if (span.kind !== "time" || item.durationMs === undefined) return span;
  return timeSpan(Math.min(span.startMs, item.durationMs), Math.min(span.endMs, item.durationMs));
}

/** The moment as evidence: what its best hit says, over the moment's whole span. */
export function toFinding(moment: Moment): Finding {
  const { item, span, score } = moment;
  const best = moment.hits[0]!.segment;
  const text = best.text ?? moment.hits.find((hit) => hit.segment.text !== undefined)?.segment.text;
  return {
    mediaId: item.id,
    kind: item.kind,
    path: item.path,
    span,
    source: best.source,
    sources: [best.source, ...moment.sources.filter((source) => source !== best.source)],
    score,
    ...(text === undefined ? {} : { text }),
    ...(best.confidence === undefined ? {} : { confidence: best.confidence }),
    ...(best.event === undefined ? {} : { event: best.event }),
    ...(best.preview === undefined ? {} : { preview: best.preview }),
  };
}
