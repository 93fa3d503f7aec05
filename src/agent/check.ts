import type { Encoder } from "../encoder/encoder.ts";
import type { PictureReader } from "../ingest/picture-reader.ts";
import type { ActivityEvent } from "../media/activity-event.ts";
import type { CitationCheck, Finding } from "../media/citation.ts";
import { factLine } from "../media/fact-line.ts";
import { Failure } from "../media/failure.ts";
import type { MediaItem } from "../media/media-item.ts";
import type { Pixels } from "../media/pixels.ts";
import type { Segment } from "../media/segment.ts";
import type { MediaStore } from "../store/media-store.ts";
import { objectDiffers, pictureMoves } from "./event-check.ts";
import { checkByEyes, type EyesCheckDeps } from "./eyes-check.ts";
import { sameText } from "./text-likeness.ts";

export interface CheckDeps extends EyesCheckDeps {
  readonly store: MediaStore;
  readonly pictures: PictureReader;
  readonly encoder: Encoder;
  /** Reads the text in a picture again; without it a cited text is compared with the index only. */
  readonly readText?: (pixels: Pixels, signal: AbortSignal) => Promise<string>;
}

/** Enough for an event's box and for the encoder; a text needs its own pixels. */
const pictureSide = 384;
/** Eyes read more than the encoder does. */
const eyesSide = 1024;
/** How far before and after an event its background is looked for, in ms. */
const asideMs = 400;

/**
 * Tests one cited moment against its file, decoded again at its exact time, in well under a second.
 * - "pixels": the picture there still shows what is cited (event, likeness to the indexed frame, text read again);
 * - "text": the index still holds the cited text at that place;
 * - "failed": it does not, or the file cannot be read; "unchecked": there is nothing to test it by, or no program to.
 */
export async function checkCitation(
  evidence: Finding,
  deps: CheckDeps,
  signal: AbortSignal,
): Promise<CitationCheck> {
  const item = await deps.store.get(evidence.mediaId);
  if (!item) return "failed";
  try {
    if (evidence.source === "event") return await checkEvent(evidence, item, deps, signal);
    if (evidence.source === "ocr") return await checkReading(evidence, item, deps, signal);
    if (evidence.source === "frame") return await checkFrame(evidence, item, deps, signal);
    return await checkText(evidence, item, deps);
  } catch (error) {
    if (signal.aborted || !(error instanceof Failure)) throw error;
    return error.code === "unavailable" ? "unchecked" : "failed";
  }
}

/** False for an event that the picture does not show. Where the file cannot be read nothing is denied. */
export async function showsEvent(finding: Finding, deps: CheckDeps, signal: AbortSignal): Promise<boolean> {
  const item = await deps.store.get(finding.mediaId);
  if (!item) return true;
  try {
    return (await checkEvent(finding, item, deps, signal)) !== "failed";
  } catch (error) {
    if (signal.aborted || !(error instanceof Failure)) throw error;
    return true;
  }
}

/** The picture must differ, where the object is, from the picture without it. */
async function checkEvent(
  evidence: Finding,
  item: MediaItem,
  deps: CheckDeps,
  signal: AbortSignal,
): Promise<CitationCheck> {
  const { event } = evidence;
  if (!event || item.kind !== "video") return "unchecked";
  const frames = await deps.pictures.framesAt(item, probeTimes(event, item), signal, {
    longestSide: pictureSide,
  });
  const [before, during, after] = [frames.at(0), frames.at(1), frames.at(-1)].map((frame) => frame?.pixels);
  if (!before || !during || !after) return "failed";
  const seen =
    event.kind === "camera-moves"
      ? pictureMoves(before, after) || pictureMoves(before, during)
      : objectDiffers(before, during, event) || objectDiffers(during, after, event);
  return seen ? "pixels" : "failed";
}

/** In order: without the object, with it, without it again. A camera that moves: its start, middle and end. */
function probeTimes(event: ActivityEvent, item: MediaItem): readonly number[] {
  const last = Math.max(0, (item.durationMs ?? event.presence.endMs + asideMs) - 100);
  const within = (ms: number) => Math.round(Math.min(last, Math.max(0, ms)));
  const middle = (event.startMs + event.endMs) / 2;
  if (event.kind === "camera-moves") return [event.startMs, middle, event.endMs].map(within);
  const { startMs, endMs } = event.presence;
  // At the crossing itself little of it may be in sight.
  const probe = {
    enters: Math.max(event.endMs, event.startMs + asideMs),
    leaves: Math.min(event.startMs, event.endMs - asideMs),
    appears: event.endMs,
    disappears: event.startMs,
  };
  const during = event.kind === "moves" ? middle : probe[event.kind];
  return [startMs - asideMs, Math.min(Math.max(during, startMs), endMs), endMs + asideMs].map(within);
}

async function checkReading(
  evidence: Finding,
  item: MediaItem,
  deps: CheckDeps,
  signal: AbortSignal,
): Promise<CitationCheck> {
  if (!evidence.text) return "unchecked";
  const pixels = deps.readText ? await pixelsOf(evidence, item, deps, signal) : undefined;
  if (pixels && deps.readText) {
    const text = await deps.readText(pixels, signal);
    if (sameText(evidence.text, text)) return "pixels";
  }
  return await checkText(evidence, item, deps);
}

async function checkFrame(
  evidence: Finding,
  item: MediaItem,
  deps: CheckDeps,
  signal: AbortSignal,
): Promise<CitationCheck> {
  const pixels = await pixelsOf(evidence, item, deps, signal, deps.eyes ? eyesSide : pictureSide);
  if (!pixels) return "unchecked";
  const seen = await checkByEyes(evidence, pixels, deps, signal);
  if (seen) return seen;
  if (!deps.encoder.accepts.has("image")) return "unchecked";
  const [vector] = await deps.encoder.encode([{ kind: "image", pixels }], signal);
  if (!vector) return "unchecked";
  const hits = await deps.store.nearest(vector, { mediaIds: [item.id], sources: ["frame"], limit: 8 });
  const alike = hits.filter((hit) => hit.score >= deps.encoder.relevance.imageToImage);
  return alike.some((hit) => overlaps(hit.segment, evidence)) ? "pixels" : "failed";
}

async function checkText(evidence: Finding, item: MediaItem, deps: CheckDeps): Promise<CitationCheck> {
  const segments = await deps.store.segments(evidence.mediaId);
  const { text } = evidence;
  if (!text) return segments.some((segment) => overlaps(segment, evidence)) ? "text" : "failed";
  // What a list of files tells of one, its date above all, need not stand in its index as text.
  if (evidence.source === "metadata" && text === factLine(item)) return "text";
  const held = segments.some(
    (segment) => segment.text && overlaps(segment, evidence) && sameText(text, segment.text),
  );
  return held ? "text" : "failed";
}

async function pixelsOf(
  evidence: Finding,
  item: MediaItem,
  deps: CheckDeps,
  signal: AbortSignal,
  longestSide?: number,
): Promise<Pixels | undefined> {
  const options = longestSide === undefined ? {} : { longestSide };
  const { span } = evidence;
  if (item.kind === "image") return await deps.pictures.image(item, signal, options);
  if (item.kind === "document" && span.kind === "page") {
    return await deps.pictures.page(item, span.page, signal, options);
  }
  if (item.kind !== "video" || span.kind !== "time") return undefined;
  const middle = Math.round((span.startMs + span.endMs) / 2);
  const [frame] = await deps.pictures.framesAt(item, [middle], signal, options);
  return frame?.pixels;
}

function overlaps(segment: Pick<Segment, "span">, evidence: Finding): boolean {
  const [a, b] = [segment.span, evidence.span];
  if (a.kind === "whole" || b.kind === "whole") return true;
  if (a.kind === "page") return b.kind === "page" && a.page === b.page;
  if (b.kind === "page") return false;
  return a.startMs <= b.endMs && b.startMs <= a.endMs;
}
