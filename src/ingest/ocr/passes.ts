import type { OcrLayout } from "../ocr-engine.ts";
import type { Grey } from "./grey.ts";
import { denoise, enlarge, invert, rotate, skewOf, smooth, stretch, threshold } from "./prepare.ts";

export interface Pass {
  readonly name: string;
  readonly layout: OcrLayout;
  prepare(level: Grey): Promise<Grey>;
}

/** Text under this turn is read as well as level text; an angle counts when the profile is clearly sharper there. */
const leastDegrees = 0.3;
const leastGain = 1.3;
/** ×2 helps small text; ×3 was measured to hurt. */
const enlargement = 2;
const largestSide = 3200;

async function larger(grey: Grey): Promise<Grey> {
  const factor = Math.min(enlargement, largestSide / Math.max(grey.width, grey.height));
  return factor > 1.1 ? enlarge(grey, factor) : grey;
}

const pass = (name: string, prepare: Pass["prepare"], layout: OcrLayout = "page"): Pass => ({
  name,
  layout,
  prepare,
});

export const levelPass = pass("level", async (grey) => grey);
const enlarged = pass("enlarged", larger);
const enlargedMedian = pass("enlarged, median", async (grey) => denoise(await larger(grey)));
const smoothed = pass("smoothed", smooth);

/** For indexing, where the first reading is in doubt: small text, then noise and texture, then the rest. */
export const furtherPasses: readonly Pass[] = [enlargedMedian, smoothed, enlarged];
/** For indexing, where the first reading found little: the pass that finds letters on texture. */
export const secondLook: readonly Pass[] = [smoothed];
/** The same for a small picture, whose letters may be too small. */
export const secondLookAtSmall: readonly Pass[] = [enlargedMedian, smoothed];

/** For reading again with care: ways of preparing that fail on different pictures. */
export const rereadPasses: readonly Pass[] = [
  levelPass,
  enlarged,
  enlargedMedian,
  smoothed,
  pass("median", denoise),
  pass("contrast", async (grey) => stretch(grey)),
  pass("enlarged, smoothed", async (grey) => smooth(await smooth(await larger(grey)))),
  pass("enlarged, threshold", async (grey) => threshold(await larger(grey))),
  pass("inverted", async (grey) => invert(grey)),
  pass("one block", smooth, "block"),
];

/** The picture with its lines of text level; itself where they are, or where it shows no lines. */
export async function levelled(grey: Grey): Promise<Grey> {
  const { degrees, gain } = await skewOf(grey);
  return Math.abs(degrees) >= leastDegrees && gain >= leastGain ? rotate(grey, degrees) : grey;
}
