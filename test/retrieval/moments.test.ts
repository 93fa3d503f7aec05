import { describe, expect, test } from "vitest";
import { timeSpan, wholeSpan } from "../../src/media/span.ts";
import { changePoint } from "../../src/retrieval/change-point.ts";
import { alignClip, separatePeaks, standingPeaks } from "../../src/retrieval/clip-alignment.ts";
import { fuseRanks } from "../../src/retrieval/fusion.ts";
import { groupHits } from "../../src/retrieval/moments.ts";
import { rankMoments } from "../../src/retrieval/rank-moments.ts";
import { standOut } from "../../src/retrieval/stand-out.ts";
import { reallyContaining } from "../../src/retrieval/threshold.ts";
import type { EmbeddedSegment, SearchHit } from "../../src/store/media-store.ts";
import { eventSegment, mediaItem, textSegment } from "./colour-world.ts";

const clip = mediaItem("clip.mp4", { durationMs: 30_000 });
const other = mediaItem("other.mp4", { durationMs: 30_000 });

function hit(segment: EmbeddedSegment, score = 1, item = clip): SearchHit {
  return { item, segment, score };
}
function frame(startMs: number, endMs: number, score = 1, item = clip): SearchHit {
  return hit({ mediaId: item.id, span: timeSpan(startMs, endMs), source: "frame" }, score, item);
}
const spans = (hits: readonly SearchHit[]) => groupHits(hits).map((moment) => moment.span);

describe("reciprocal rank fusion", () => {
  test("adds 1/(60 + rank) over lists", () => {
    const fused = fuseRanks(
      [
        ["a", "b"],
        ["b", "c"],
      ],
      String,
    );
    expect(fused.map(({ value }) => value)).toEqual(["b", "a", "c"]);
    expect(fused[0]?.score).toBeCloseTo(1 / 62 + 1 / 61);
  });

  test("counts a value once a list, and earlier lists win ties", () => {
    const fused = fuseRanks([["a", "a", "b"], ["c"]], String);
    expect(fused.map(({ value }) => value)).toEqual(["a", "c", "b"]);
    expect(fused[0]?.score).toBe(fused[1]?.score);
  });
});

describe("grouping", () => {
  test("joins adjacent seconds of one file and keeps distant and foreign ones apart", () => {
    expect(
      spans([frame(3000, 4000), frame(4000, 5000), frame(9000, 10_000), frame(5000, 6000, 1, other)]),
    ).toEqual([timeSpan(3000, 5000), timeSpan(9000, 10_000), timeSpan(5000, 6000)]);
  });

  test("joins frames that are instants a second apart, and respects the span that near-duplicates share", () => {
    expect(spans([frame(3000, 3000), frame(4000, 4000)])).toEqual([timeSpan(3000, 4000)]);
    expect(spans([frame(3000, 20_000), frame(20_400, 21_000)])).toEqual([timeSpan(3000, 21_000)]);
  });

  test("gives the whole stay for events of one object, once, and two for two objects at once", () => {
    const presence = { startMs: 15_000, endMs: 18_900 };
    const enters = hit(
      eventSegment(clip, { kind: "enters", startMs: 15_000, endMs: 15_800, presence, track: 3 }),
    );
    const leaves = hit(
      eventSegment(clip, { kind: "leaves", startMs: 18_000, endMs: 18_900, presence, track: 3 }),
    );
    const second = hit(eventSegment(clip, { startMs: 14_600, endMs: 18_200, track: 2 }));
    expect(spans([enters, leaves, second])).toEqual([timeSpan(15_000, 18_900), timeSpan(14_600, 18_200)]);
    expect(groupHits([enters, leaves], "event").map((moment) => moment.span)).toEqual([
      timeSpan(15_000, 15_800),
      timeSpan(18_000, 18_900),
    ]);
  });

  test("keeps pages and whole pictures as they are, and no span outlives its file", () => {
    const short = mediaItem("short.mp4", { durationMs: 2500 });
    expect(spans([frame(2000, 3000, 1, short)])).toEqual([timeSpan(2000, 2500)]);
    expect(spans([hit(textSegment(clip, "a")), hit(textSegment(clip, "b"))])).toEqual([wholeSpan]);
  });
});

describe("ranking moments", () => {
  test("joins what several lists say of one stretch, with the bounds of the event", () => {
    const event = groupHits([hit(eventSegment(clip, { startMs: 4400, endMs: 8500 }))]);
    const frames = groupHits([frame(5000, 8000), frame(20_000, 21_000, 0.5)]);
    const ranked = rankMoments([frames, event]);
    expect(ranked.map((moment) => moment.span)).toEqual([timeSpan(4400, 8500), timeSpan(20_000, 21_000)]);
    expect(ranked[0]?.sources).toEqual(["event", "frame"]);
    expect(ranked[0]?.score).toBeGreaterThan(ranked[1]?.score ?? 1);
  });

  test("never joins two objects, however long they share the picture", () => {
    const red = eventSegment(clip, { startMs: 15_000, endMs: 18_900, track: 3 });
    const silver = eventSegment(clip, { startMs: 14_600, endMs: 18_200, track: 2, colour: "grey" });
    expect(rankMoments([groupHits([hit(red)]), groupHits([hit(silver)])])).toHaveLength(2);
  });
});

describe("standing out", () => {
  const still = (scores: readonly number[]) =>
    scores.map((score, i) => frame(i * 1000, i * 1000 + 1000, score));
  const secondsOf = (hits: readonly SearchHit[]) =>
    hits.map(({ segment }) => (segment.span.kind === "time" ? segment.span.startMs / 1000 : -1));

  test("a fixed camera's background matches everywhere: only what rises above it is found", () => {
    const scores = [0.95, 0.951, 0.949, 0.95, 0.985, 0.999, 0.984, 0.95, 0.951, 0.949];
    const { hits, throughout } = standOut(still(scores), 0.9);
    expect(throughout).toBe(false);
    expect(secondsOf(hits)).toEqual([4, 5, 6]);
  });

  test("where nothing rises, one frame stands for the video, marked as throughout", () => {
    const { hits, throughout } = standOut(still([0.95, 0.951, 0.949, 0.9512, 0.95, 0.949]), 0.9);
    expect({ found: secondsOf(hits), throughout }).toEqual({ found: [3], throughout: true });
  });

  test("one long merged segment weighs as long as it lasts", () => {
    const hits = [
      frame(0, 20_000, 0.95),
      frame(20_000, 21_000, 0.99),
      frame(21_000, 22_000, 0.99),
      frame(22_000, 23_000, 0.99),
    ];
    expect(secondsOf(standOut(hits, 0.9).hits)).toEqual([20, 21, 22]);
  });

  test("nothing under the threshold is found, however far it rises", () => {
    expect(standOut(still([0.1, 0.1, 0.1, 0.6, 0.1]), 0.7)).toEqual({ hits: [], throughout: false });
  });
});

describe("text that really contains the words", () => {
  test("drops hits that hold none, and those that hold clearly fewer than the best", () => {
    const both = hit(textSegment(clip, "Invoice of 14 March 2026"), 0.1);
    const one = hit(textSegment(clip, "Invoice of April"), 5);
    const pieces = hit(textSegment(clip, "arches involve ice"), 9);
    expect(
      reallyContaining([pieces, one, both], ["invoice", "march"]).map(({ segment }) => segment.text),
    ).toEqual(["Invoice of 14 March 2026"]);
    expect(reallyContaining([pieces, one], ["invoice", "march"]).map(({ segment }) => segment.text)).toEqual([
      "Invoice of April",
    ]);
    expect(reallyContaining([pieces], ["giraffe"])).toEqual([]);
  });
});

describe("a change point", () => {
  const samples = [1, 1.1, 0.9, 1, 5, 5.2, 4.9, 5].map((value, i) => ({ timeMs: i * 125, value }));

  test("lies between the last sample before the step and the first after it", () => {
    expect(changePoint(samples, "rise")?.timeMs).toBe(438);
    expect(changePoint(samples, "rise")?.clarity).toBeGreaterThan(10);
  });

  test("a rise is no fall, and noise is no clear change", () => {
    expect(changePoint(samples, "fall")?.clarity ?? 0).toBeLessThan(3);
    const noise = [1, 2, 1, 2, 1, 2, 1, 2].map((value, i) => ({ timeMs: i, value }));
    expect(changePoint(noise, "rise")?.clarity).toBeLessThan(3);
  });
});

describe("aligning a clip", () => {
  const steps = (values: readonly number[]) => values.map((value, i) => ({ startMs: i * 1000, value }));
  // Two frames of a clip: the first is like seconds 2 and 7, the second like seconds 3 and 6.
  const first = { offsetMs: 0, steps: steps([0.1, 0.1, 1, 0.1, 0.1, 0.1, 0.1, 1, 0.1, 0.1]) };
  const second = { offsetMs: 1000, steps: steps([0.1, 0.1, 0.1, 1, 0.1, 0.1, 1, 0.1, 0.1, 0.1]) };

  test("follows the order of its frames", () => {
    const alignments = alignClip([first, second], 2000, 10_000);
    const [best, next] = separatePeaks(alignments, 2000);
    expect(best).toMatchObject({ startMs: 2000, endMs: 4000, score: 1 });
    expect(next?.score).toBeCloseTo(0.55);
    expect(standingPeaks(alignments, 2000, 0.8)).toHaveLength(1);
  });

  test("frames that a short video has no room for count as unlike", () => {
    expect(alignClip([first, second], 2000, 900)).toEqual([{ startMs: 0, endMs: 900, score: 0.05 }]);
  });
});
