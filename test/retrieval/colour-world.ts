import type { Encoder } from "../../src/encoder/encoder.ts";
import type { ActivityEvent } from "../../src/media/activity-event.ts";
import type { MediaId, MediaItem } from "../../src/media/media-item.ts";
import type { Pixels } from "../../src/media/pixels.ts";
import { timeSpan, wholeSpan } from "../../src/media/span.ts";
import type { EmbeddedSegment } from "../../src/store/media-store.ts";

/** Colours that the test's pictures are made of, each an axis of its vector space. */
export const palette = {
  grey: [128, 128, 128],
  red: [220, 30, 30],
  blue: [30, 30, 220],
  green: [30, 180, 30],
} as const;
export type Paint = keyof typeof palette;
const paints = Object.keys(palette) as Paint[];

/** A picture in vertical stripes: ["grey", "grey", "red"] has a red right third. */
export function striped(stripes: readonly Paint[], width = 60, height = 40): Pixels {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const stripe = stripes[Math.floor(((i % width) * stripes.length) / width)] ?? "grey";
    data.set(palette[stripe], i * 3);
  }
  return { width, height, data };
}

/** An encoder whose vectors are the shares of the palette's colours; it knows their English names. */
export function openColourEncoder(): Encoder {
  const wordsOf = (text: string) => text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const isKnown = (word: string) => paints.includes(word as Paint);
  return {
    space: "test-colours",
    dimensions: paints.length,
    accepts: new Set(["text", "image"] as const),
    relevance: { textToImage: 0.25, imageToImage: 0.9 },
    vocabularyOf: (text) => ({
      known: wordsOf(text).filter(isKnown),
      unknown: wordsOf(text).filter((word) => !isKnown(word)),
    }),
    async encode(contents, signal) {
      signal.throwIfAborted();
      return contents.map((content) => {
        if (content.kind === "image") return unit(sharesOf(content.pixels));
        return unit(paints.map((paint) => wordsOf(content.text).filter((word) => word === paint).length));
      });
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function sharesOf({ data }: Pixels): number[] {
  const shares = paints.map(() => 0);
  for (let i = 0; i < data.length; i += 3) {
    const at = paints.findIndex(
      (paint) => palette[paint][0] === data[i] && palette[paint][1] === data[i + 1],
    );
    if (at >= 0) shares[at] = (shares[at] ?? 0) + 1;
  }
  return shares;
}

function unit(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => (length === 0 ? 0 : value / length));
}

export function mediaItem(name: string, over: Partial<MediaItem> = {}): MediaItem {
  return {
    id: `id-${name}` as MediaId,
    kind: "video",
    path: `/media/${name}`,
    bytes: 1000,
    modifiedAt: Date.UTC(2026, 2, 14),
    ...over,
  };
}

/** One frame a second of a painted video, with neighbours of the same look merged over their full span. */
export async function frameSegments(
  encoder: Encoder,
  item: MediaItem,
  look: (timeMs: number) => readonly Paint[],
): Promise<EmbeddedSegment[]> {
  const segments: EmbeddedSegment[] = [];
  let last = "";
  for (let timeMs = 0; timeMs < (item.durationMs ?? 1); timeMs += 1000) {
    const stripes = look(timeMs);
    const endMs = Math.min(item.durationMs ?? 0, timeMs + 1000);
    const previous = segments.at(-1);
    if (previous?.span.kind === "time" && stripes.join() === last) {
      segments[segments.length - 1] = { ...previous, span: timeSpan(previous.span.startMs, endMs) };
      continue;
    }
    last = stripes.join();
    const [vector] = await encoder.encode([{ kind: "image", pixels: striped(stripes) }], neverAborted);
    const span = item.kind === "image" ? wholeSpan : timeSpan(timeMs, endMs);
    segments.push({ mediaId: item.id, span, source: "frame", vector: vector! });
  }
  return segments;
}

export function eventSegment(item: MediaItem, event: Partial<ActivityEvent>): EmbeddedSegment {
  const { startMs = 0, endMs = 0 } = event;
  const whole: ActivityEvent = {
    kind: "moves",
    startMs,
    endMs,
    track: 0,
    presence: { startMs, endMs },
    size: "large",
    area: 0.2,
    colour: "red",
    ...event,
  };
  const text = `${whole.size} ${whole.colour} object ${whole.kind} ${whole.side ?? ""}`.trim();
  return { mediaId: item.id, span: timeSpan(startMs, endMs), source: "event", event: whole, text };
}

export function textSegment(
  item: MediaItem,
  text: string,
  over: Partial<EmbeddedSegment> = {},
): EmbeddedSegment {
  return { mediaId: item.id, span: wholeSpan, source: "ocr", text, ...over };
}

export const neverAborted: AbortSignal = new AbortController().signal;
