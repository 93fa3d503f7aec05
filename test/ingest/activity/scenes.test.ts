import { expect, test } from "vitest";
import { analyseScene, type Score, scenes, scoreEvents } from "../../../bench/activity-score.ts";

/** No threshold was chosen on it. */
const seed = 31;

const scores: Score[] = [];

test.each(scenes.map((scene) => [scene(seed).name, scene] as const))(
  "in %s every event is found within half a second, and none is invented",
  (_, scene) => {
    const rendered = scene(seed);
    const score = scoreEvents(analyseScene(rendered).events, rendered.truth);
    scores.push(score);
    expect(score.missed).toEqual([]);
    expect(score.invented).toEqual([]);
    expect(score.worstMs).toBeLessThanOrEqual(500);
  },
);

test("over all scenes precision, recall and colours are told", () => {
  const sum = (part: (score: Score) => number) => scores.reduce((total, score) => total + part(score), 0);
  const [found, real, matched] = [sum((s) => s.found), sum((s) => s.real), sum((s) => s.matched)];
  const [coloured, right] = [sum((s) => s.coloured), sum((s) => s.colourRight)];
  console.log(
    `activity: precision ${(matched / found).toFixed(3)}, recall ${(matched / real).toFixed(3)}, ` +
      `colour named right ${right} of ${coloured}`,
  );
  expect(real).toBeGreaterThan(30);
  expect(right / coloured).toBeGreaterThan(0.85);
});
