import type { OcrReading, OcrWord } from "../ocr-engine.ts";
import { evidence } from "./credible.ts";
import { readingOf } from "./tsv.ts";

type Line = readonly OcrWord[];

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Lines that share more of the smaller one's area than this are the same line, read twice. */
const sameLine = 0.3;

/** A reading with its boxes in the pixels of another picture of the same thing, `factor` times as large. */
export function scaledReading(reading: OcrReading, factor: number): OcrReading {
  if (factor === 1) return reading;
  const lines = (reading.lines ?? []).map((words) =>
    words.map(({ box, ...word }) => ({
      ...word,
      box: {
        x: box.x * factor,
        y: box.y * factor,
        width: box.width * factor,
        height: box.height * factor,
      },
    })),
  );
  return { ...reading, lines };
}

/**
 * One reading out of several of the same picture: passes find different lines of a scene. Each place takes the line
 * with the most to say for itself; the reading with the most evidence gives the order, other lines go in by height.
 */
export function mergeReadings(readings: readonly OcrReading[]): OcrReading {
  const ranked = [...readings].sort((left, right) => evidence(right) - evidence(left));
  const candidates = ranked
    .flatMap((reading) => reading.lines ?? [])
    .map((line) => ({ line, box: around(line), weight: evidence({ ...readingOf([line]), lines: [line] }) }))
    .sort((left, right) => right.weight - left.weight);
  const kept: typeof candidates = [];
  for (const candidate of candidates)
    if (!kept.some((other) => overlap(candidate.box, other.box) > sameLine)) kept.push(candidate);
  const base = new Set<Line>(ranked[0]?.lines ?? []);
  const inOrder = (ranked[0]?.lines ?? []).filter((line) => kept.some((entry) => entry.line === line));
  const ordered = inOrder.map((line) => ({ line, box: around(line) }));
  for (const entry of kept.filter(({ line }) => !base.has(line))) {
    const middle = (entry.box.top + entry.box.bottom) / 2;
    const at = ordered.findIndex(({ box }) => (box.top + box.bottom) / 2 > middle);
    ordered.splice(at < 0 ? ordered.length : at, 0, entry);
  }
  return readingOf(ordered.map(({ line }) => line));
}

function around(line: Line): Box {
  return {
    left: Math.min(...line.map(({ box }) => box.x)),
    top: Math.min(...line.map(({ box }) => box.y)),
    right: Math.max(...line.map(({ box }) => box.x + box.width)),
    bottom: Math.max(...line.map(({ box }) => box.y + box.height)),
  };
}

/** The shared area over the area of the smaller box. */
function overlap(first: Box, second: Box): number {
  const width = Math.min(first.right, second.right) - Math.max(first.left, second.left);
  const height = Math.min(first.bottom, second.bottom) - Math.max(first.top, second.top);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / Math.max(1, Math.min(area(first), area(second)));
}

function area({ left, top, right, bottom }: Box): number {
  return (right - left) * (bottom - top);
}
