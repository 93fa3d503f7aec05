import { askCars, askMissing, askPeople } from "./moving-questions.ts";
import { askPhotos } from "./photo-questions.ts";
import type { DemoQuestion } from "./question.ts";
import { askText } from "./text-questions.ts";
import type { DemoTruth } from "./truth.ts";

/** The demo's questions with what a right answer holds: the same kinds for every seed, with that seed's truth. */
export function demoQuestions(truth: DemoTruth): readonly DemoQuestion[] {
  return [
    ...askCars(truth),
    ...askPeople(truth),
    ...askText(truth),
    ...askPhotos(truth),
    ...askMissing(truth),
  ];
}
