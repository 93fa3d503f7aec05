import type { ItemDetail, ItemEvent, ItemSegment, Place, Shot } from "./api-types.ts";

export type LaneName = "hits" | "events" | "shots" | "speech" | "text";
export const laneNames: readonly LaneName[] = ["hits", "events", "shots", "speech", "text"];

/** One thing on the timeline of a file. */
export interface Mark {
  readonly lane: LaneName;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  /** The colour of the object that an event tells of. */
  readonly colour?: string;
  /** The whole stay of an object, under the moments at which it comes and goes. */
  readonly wide?: boolean;
  /** The list need not tell of it: a shot, or the stay of an object whose coming or going is told. */
  readonly told?: boolean;
}

export interface MarkedHit extends Place {
  readonly text?: string;
  readonly event?: ItemEvent;
}

export interface MarkWords {
  readonly event: (event: ItemEvent) => string;
  readonly hit: (hit: MarkedHit) => string;
  readonly shot: (number: number) => string;
}

/** Everything that is known of a file with its time, in the order of time; a file of one shot has no shot marks. */
export function marksOf(
  { segments, shots = [] }: Pick<ItemDetail, "segments" | "shots">,
  hits: readonly MarkedHit[],
  words: MarkWords,
): readonly Mark[] {
  const ofHits = hits.flatMap((hit) => timed(hit, { lane: "hits", text: words.hit(hit) }));
  const ofShots = shots.length < 2 ? [] : shots.map((_, i) => shotMark(shots, i, words));
  const inside = segments.flatMap((segment) => ofSegment(segment, tracksThatComeOrGo(segments), words));
  return [...ofHits, ...ofShots, ...inside].sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
}

function shotMark(shots: readonly Shot[], index: number, words: MarkWords): Mark {
  const { startMs = 0, endMs = shots[index + 1]?.startMs ?? startMs } = shots[index] ?? {};
  return { lane: "shots", startMs, endMs, text: words.shot(index + 1), told: true };
}

function tracksThatComeOrGo(segments: readonly ItemSegment[]): ReadonlySet<number> {
  return new Set(segments.flatMap(({ event }) => (event && event.kind !== "moves" ? [event.track] : [])));
}

function ofSegment(segment: ItemSegment, tracks: ReadonlySet<number>, words: MarkWords): readonly Mark[] {
  const { source, event, text = "" } = segment;
  if (event) {
    const { colour, kind, track } = event;
    const wide = kind === "moves";
    return timed(segment, {
      lane: "events",
      text: words.event(event),
      colour,
      wide,
      told: wide && tracks.has(track),
    });
  }
  if (text.trim() === "") return [];
  if (source === "subtitle") return timed(segment, { lane: "speech", text });
  return source === "ocr" || source === "caption" ? timed(segment, { lane: "text", text }) : [];
}

function timed({ startMs, endMs }: Place, mark: Omit<Mark, "startMs" | "endMs">): readonly Mark[] {
  return startMs === undefined ? [] : [{ ...mark, startMs, endMs: endMs ?? startMs }];
}

/** Where a mark lies on a line as long as the file: fractions, at least a hair wide, never past the end. */
export function extentOf(mark: Pick<Mark, "startMs" | "endMs">, durationMs: number) {
  const least = 0.004;
  const from = Math.min(1 - least, Math.max(0, mark.startMs / Math.max(1, durationMs)));
  const width = Math.max(least, (mark.endMs - mark.startMs) / Math.max(1, durationMs));
  return { from, width: Math.min(width, 1 - from) };
}
