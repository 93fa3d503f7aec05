import type { Pixels } from "../../media/pixels.ts";

const fieldWidth = 16;
const fieldHeight = 8;
/** Smallest step between neighbouring pixels that counts as a stroke's edge, of 255. */
const edge = 9;
/** A field may hold text when this part of its pixels are turns from dark to light or back. */
const turnShare = 0.13;
/** Neighbouring fields along a line that make it a line of text. */
const lineFields = 2;

/** What of a picture may be text, in fields of 16 × 8 pixels. */
export interface TextFields {
  readonly columns: number;
  readonly rows: number;
  /** 1 where a field may hold text. */
  readonly texty: Uint8Array;
  /** Mean brightness and share of turns of each field: they tell one text from another. */
  readonly luma: Float32Array;
  readonly turns: Float32Array;
}

/**
 * A cheap look for text, for pictures about 384 pixels wide: along a line of text brightness goes up and down every few
 * pixels, in fields that lie side by side. Grass and foliage pass too; what follows must bear that.
 */
export function findTextFields({ width, height, data }: Pixels): TextFields {
  const columns = Math.floor(width / fieldWidth);
  const rows = Math.floor(height / fieldHeight);
  const luma = new Float32Array(columns * rows);
  const turns = new Float32Array(columns * rows);
  for (let y = 0; y < rows * fieldHeight; y += 1) {
    const row = Math.floor(y / fieldHeight);
    let last = data[y * width * 3 + 1]!;
    let rising = 0;
    for (let x = 0; x < columns * fieldWidth; x += 1) {
      const value = data[(y * width + x) * 3 + 1]!;
      const field = row * columns + Math.floor(x / fieldWidth);
      luma[field]! += value;
      const step = value - last;
      last = value;
      if (Math.abs(step) < edge) continue;
      const direction = Math.sign(step);
      if (direction !== rising) turns[field]! += 1;
      rising = direction;
    }
  }
  const area = fieldWidth * fieldHeight;
  for (let field = 0; field < luma.length; field += 1) {
    luma[field]! /= area;
    turns[field]! /= area;
  }
  return { columns, rows, luma, turns, texty: inLines(turns, columns) };
}

function inLines(turns: Float32Array, columns: number): Uint8Array {
  const texty = Uint8Array.from(turns, (share) => (share >= turnShare ? 1 : 0));
  const kept = new Uint8Array(texty.length);
  let run = 0;
  for (let field = 0; field <= texty.length; field += 1) {
    const continues = field < texty.length && texty[field] === 1 && (field % columns !== 0 || run === 0);
    if (continues) {
      run += 1;
      continue;
    }
    if (run >= lineFields) kept.fill(1, field - run, field);
    run = field < texty.length && texty[field] === 1 ? 1 : 0;
  }
  return kept;
}

export function countText({ texty }: TextFields): number {
  return texty.reduce((sum, field) => sum + field, 0);
}

/** Fields with text, in one or the other, that are not alike. */
export function countChanges(a: TextFields, b: TextFields): number {
  if (a.columns !== b.columns || a.rows !== b.rows) return Number.POSITIVE_INFINITY;
  let changed = 0;
  for (let field = 0; field < a.texty.length; field += 1) {
    if (a.texty[field] === 0 && b.texty[field] === 0) continue;
    const brightness = Math.abs(a.luma[field]! - b.luma[field]!);
    const strokes = Math.abs(a.turns[field]! - b.turns[field]!);
    if (brightness > 10 || strokes > 0.06) changed += 1;
  }
  return changed;
}
