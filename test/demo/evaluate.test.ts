import path from "node:path";
import { expect, test } from "vitest";
import { evaluateAnswer } from "../../src/demo/evaluate.ts";
import { planDemo } from "../../src/demo/plan.ts";
import type { DemoQuestion, Expectation, ExpectedPlace } from "../../src/demo/question.ts";
import { demoQuestions } from "../../src/demo/questions.ts";
import { demoReport } from "../../src/demo/report.ts";

const media = path.resolve("/demo/media");
const car: ExpectedPlace = { file: "videos/street.mp4", startMs: 8_900, endMs: 13_300 };

function asking(expectation: Partial<Expectation>): DemoQuestion {
  return {
    kind: "ask",
    id: "q",
    language: "en",
    text: "When does the red car pass?",
    expect: { places: [car], rule: "only", says: [], ...expectation },
  };
}

const cite = (startMs: number, endMs: number, file = "videos/street.mp4") => ({
  id: "e1",
  path: path.join(media, file),
  kind: "video",
  startMs,
  endMs,
  check: "pixels",
});

const answered = (answer: string, ...citations: readonly object[]) => ({
  answer,
  model: "built-in",
  citations,
  toolCalls: [],
  reason: "answered",
});

const faultsOf = (question: DemoQuestion, json: unknown) => evaluateAnswer(question, json, media).faults;

test("a moment is right up to half a second off at either end", () => {
  expect(faultsOf(asking({}), answered("At 0:09.3", cite(9_400, 12_800)))).toEqual([]);
  expect(faultsOf(asking({}), answered("At 0:09.5", cite(9_401, 13_300)))).toHaveLength(2);
});

test("the right time in another file is wrong", () => {
  expect(faultsOf(asking({}), answered("", cite(8_900, 13_300, "videos/room.mp4")))).toEqual([
    "not cited: videos/street.mp4 0:08.9–0:13.3",
    "cited, but wrong: videos/room.mp4 0:08.9–0:13.3",
  ]);
});

test("a further moment is wrong where one was asked for, and two of the same are not two", () => {
  const both = answered("", cite(8_900, 13_300), cite(20_000, 24_000));
  expect(faultsOf(asking({}), both)).toEqual(["cited, but wrong: videos/street.mp4 0:20.0–0:24.0"]);
  expect(faultsOf(asking({ rule: "any-order" }), both)).toEqual([]);
  expect(faultsOf(asking({ rule: "first" }), both)).toEqual([]);
  expect(faultsOf(asking({ places: [car, car] }), answered("", cite(8_900, 13_300)))).toHaveLength(1);
});

test("a citation whose own check failed is wrong", () => {
  const json = answered("", { ...cite(8_900, 13_300), check: "failed" });
  expect(faultsOf(asking({}), json)).toEqual(["its own check failed: videos/street.mp4 0:08.9–0:13.3"]);
});

test("words are compared without case, spaces and punctuation, but whole", () => {
  const says = (text: string, answer: string) =>
    faultsOf(asking({ places: [], rule: "any-order", says: [[text]] }), answered(answer));
  expect(
    says("There is not enough space on drive E.", 'It says "there is\nnot enough space, on drive E"'),
  ).toEqual([]);
  expect(says("5", "15 cars")).toEqual(["not said: 5"]);
  expect(says("1,062.60", "The total is EUR 1,062.60.")).toEqual([]);
  expect(says("1,062.60", "The total is EUR 11,062.60.")).toHaveLength(1);
  expect(says("中山东路", "路牌上写着:中山 东路ZHONGSHAN DONGLU")).toEqual([]);
  expect(says("ZHONGSHAN DONGLU", "路牌上写着:中山 东路ZHONGSHAN DONGLU")).toEqual([]);
});

test("a search is judged by its best hit, which must hold the still's moment", () => {
  const question: DemoQuestion = {
    kind: "search",
    id: "still",
    language: "en",
    text: "(a still)",
    image: "queries/car.jpg",
    expect: {
      places: [{ file: "videos/street.mp4", atMs: 11_000, during: { startMs: 8_900, endMs: 13_300 } }],
      rule: "first",
      says: [],
    },
  };
  const hits = (...found: readonly object[]) => ({ hits: found, coverage: {} });
  expect(faultsOf(question, hits(cite(10_000, 12_000), cite(0, 1)))).toEqual([]);
  expect(faultsOf(question, hits(cite(0, 30_000)))).not.toEqual([]);
  expect(faultsOf(question, hits(cite(12_500, 13_000)))).not.toEqual([]);
  expect(faultsOf(question, hits())).toContain("nothing was found");
});

test("JSON of another shape is an error, not a wrong answer", () => {
  expect(() => evaluateAnswer(asking({}), { text: "hello" }, media)).toThrow(/answer/);
});

/** What a flawless assistant would print. */
function perfect(question: DemoQuestion): unknown {
  const citations = question.expect.places.map(({ file, startMs, endMs, during, atMs, page }) => {
    const from = startMs ?? atMs ?? during?.startMs;
    const to = endMs ?? atMs ?? during?.endMs ?? from;
    return {
      path: path.join(media, file),
      ...(from === undefined ? {} : { startMs: from, endMs: to }),
      ...(page === undefined ? {} : { page }),
      check: "pixels",
    };
  });
  if (question.kind === "search") return { hits: citations, coverage: {} };
  return answered(question.expect.says.map((group) => group[0]).join("; "), ...citations);
}

test("every demo question can be answered rightly, and an empty answer is wrong", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    for (const question of demoQuestions(planDemo(seed).truth)) {
      expect(faultsOf(question, perfect(question)), `${seed} ${question.id}`).toEqual([]);
      const nothing = question.kind === "search" ? { hits: [] } : answered("");
      expect(faultsOf(question, nothing), `${seed} ${question.id}`).not.toEqual([]);
    }
  }
});

const columns = (line: string) =>
  [...line].reduce((sum, character) => sum + (/[\p{Script=Han}！-｠]/u.test(character) ? 2 : 1), 0);

test("the table sets the cited moments beside the truth within 80 columns", () => {
  const verdicts = demoQuestions(planDemo(3).truth).map((question, index) =>
    evaluateAnswer(question, index % 2 ? answered("没有找到。".repeat(40)) : perfect(question), media),
  );
  const askVerdicts = verdicts.filter(({ question }) => question.kind === "ask");
  const text = demoReport(askVerdicts);
  for (const line of text.split("\n")) expect(columns(line), line).toBeLessThanOrEqual(80);
  expect(text).toContain("WRONG");
  expect(text).toMatch(/\d+ of \d+ answers are right\./);
});
