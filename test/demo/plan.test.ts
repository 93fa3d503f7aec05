import { expect, test } from "vitest";
import { planDemo } from "../../src/demo/plan.ts";
import { demoQuestions } from "../../src/demo/questions.ts";

const seeds = [1, 2, 3, 7, 42, 1000];

test("a seed plans the same library every time, another seed another one", () => {
  expect(planDemo(5).truth).toEqual(planDemo(5).truth);
  const [one, other] = [planDemo(5).truth, planDemo(6).truth];
  for (const part of ["street", "room", "talk", "screen", "photos", "invoices", "note", "memo"] as const)
    expect(one[part], part).not.toEqual(other[part]);
});

test("every seed holds what the questions need", () => {
  for (const seed of seeds) {
    const { truth, album } = planDemo(seed);
    const months = truth.invoices.pages.map((page) => page.month);
    expect(months, `seed ${seed}`).toHaveLength(3);
    expect(months.filter((month) => month === "March")).toHaveLength(1);
    expect(truth.invoices.pages.filter((page) => page.scanned)).toHaveLength(1);
    expect(truth.photos).toHaveLength(12);
    const month = `${truth.busyMonth.year}-${String(truth.busyMonth.month).padStart(2, "0")}`;
    expect(truth.photos.filter((photo) => photo.takenAt.startsWith(month))).toHaveLength(3);
    expect(album.photos.filter((photo) => photo.sideways)).toHaveLength(1);
    expect(truth.screen.dialog.endMs).toBeLessThan(truth.screen.notice.startMs);
    expect(truth.talk.slides.map((slide) => slide.startMs)).toEqual([
      0,
      ...truth.talk.slides.slice(0, -1).map((slide) => slide.endMs),
    ]);
  }
});

test("slides and screen stills follow one another without a gap, on the grid of the video's frames", () => {
  for (const seed of seeds) {
    const { lecture, screen } = planDemo(seed);
    for (const [stills, durationMs] of [
      [lecture.slides, lecture.durationMs],
      [screen.stills, screen.durationMs],
    ] as const) {
      expect(stills[0]?.startMs).toBe(0);
      expect(stills.at(-1)?.endMs).toBe(durationMs);
      for (const [index, { startMs, endMs }] of stills.entries()) {
        expect(endMs).toBeGreaterThan(startMs);
        expect(endMs % 100).toBe(0);
        if (index > 0) expect(startMs).toBe(stills[index - 1]?.endMs);
      }
    }
  }
});

test("the still to search with shows one car alone", () => {
  for (const seed of seeds) {
    const { still, cars } = planDemo(seed).truth.street;
    const there = cars.filter((car) => car.startMs <= still.timeMs && still.timeMs < car.endMs);
    expect(there).toEqual([cars[still.car]]);
  }
});

test("questions have ids of their own, go on only in earlier conversations, and ask in both languages", () => {
  for (const seed of seeds) {
    const questions = demoQuestions(planDemo(seed).truth);
    const ids = questions.map((question) => question.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [index, question] of questions.entries())
      if (question.kind === "ask" && question.after !== undefined)
        expect(ids.slice(0, index)).toContain(question.after);
    expect(questions.filter((question) => question.language === "zh").length).toBeGreaterThan(6);
    for (const { text, language } of questions)
      expect(/\p{Script=Han}/u.test(text), text).toBe(language === "zh");
  }
});

test("the colour asked for belongs to one car and to nobody's clothes", () => {
  for (const seed of seeds) {
    const { truth } = planDemo(seed);
    const question = demoQuestions(truth).find(({ id }) => id === "car-colour");
    const colour = question?.expect.says[0]?.[0];
    expect(truth.street.cars.filter((car) => car.colour === colour)).toHaveLength(1);
    expect(truth.room.visits.filter((visit) => visit.colour === colour)).toHaveLength(0);
  }
});
