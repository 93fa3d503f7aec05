import type { TrueSpan } from "./truth.ts";

/** What a citation or hit must point at. Times are right within half a second. */
export interface ExpectedPlace {
  /** Relative to the media folder. */
  readonly file: string;
  readonly startMs?: number;
  readonly endMs?: number;
  /** The cited time begins inside this span. */
  readonly during?: TrueSpan;
  /** The cited time holds this moment, give or take a second, and does not reach out of `during`. */
  readonly atMs?: number;
  readonly page?: number;
}

export interface Expectation {
  /** Each must be cited. */
  readonly places: readonly ExpectedPlace[];
  /** `only`: nothing else may be cited, except `tolerated`; `first`: the first citation is the first place. */
  readonly rule: "any-order" | "first" | "only";
  readonly tolerated?: readonly ExpectedPlace[];
  /** The answer holds one text of every group; case, spaces and punctuation do not count. */
  readonly says: readonly (readonly string[])[];
  /** The answer holds none of these. */
  readonly never?: readonly string[];
}

interface QuestionBase {
  readonly id: string;
  readonly language: "en" | "zh";
  /** For people: the words, or what is searched with. */
  readonly text: string;
  readonly expect: Expectation;
}

export interface AskQuestion extends QuestionBase {
  readonly kind: "ask";
  /** Only this file is asked about; relative to the media folder. */
  readonly in?: string;
  /** Goes on in the conversation of the question with this id, which comes earlier in the list. */
  readonly after?: string;
}

export interface SearchQuestion extends QuestionBase {
  readonly kind: "search";
  /** Of the picture to search with, relative to the demo folder. */
  readonly image: string;
}

export type DemoQuestion = AskQuestion | SearchQuestion;
