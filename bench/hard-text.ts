import type { Pixels } from "../src/media/pixels.ts";
import { type LetteringOptions, letteringPixels } from "../test/media-makers/lettering.ts";

const scripts = {
  Latin: ["Revenue grew by 12.5% from March.", "Total amount due: $1,284.60, room B-203"],
  Chinese: ["今天下午三点在会议室开会", "前方施工请绕行南京东路"],
} as const;

const conditions: Readonly<Record<string, LetteringOptions>> = {
  "10 px": { size: 10 },
  "rotated 5°": { size: 20, degrees: 5 },
  "low contrast, 11 px": { size: 11, colour: "#777", background: "#aaa" },
  noise: { size: 22, noise: 55, seed: 3 },
};

export interface HardText {
  readonly script: keyof typeof scripts;
  readonly condition: string;
  readonly truth: string;
  render(): Promise<Pixels>;
}

/** Rendered text that a single plain pass misreads: small, turned, pale and noisy, in two scripts. */
export const hardTexts: readonly HardText[] = (["Latin", "Chinese"] as const).flatMap((script) =>
  Object.entries(conditions).map(([condition, options]) => ({
    script,
    condition,
    truth: scripts[script].join("\n"),
    render: () => letteringPixels(scripts[script], options),
  })),
);

/** Characters to change, add or take away over the truth's length, at most 1; white space and width do not count. */
export function characterErrorRate(read: string, truth: string): number {
  const [left, right] = [bare(read), bare(truth)];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [index, character] of left.entries()) {
    const next = [index + 1];
    for (const [column, wanted] of right.entries()) {
      const changed = (row[column] ?? 0) + (character === wanted ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return Math.min(1, (row[right.length] ?? 0) / Math.max(1, right.length));
}

function bare(text: string): string[] {
  return [...text.normalize("NFKC").replace(/\s+/gu, "")];
}
