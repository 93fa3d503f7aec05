import type { FailureDetail } from "../../media/failure.ts";
import { failureIn } from "../../messages/failures.ts";
import type { Language } from "../../messages/messages.ts";
import type { Done } from "./history.ts";

/** A remedy that only who calls tools can follow. */
const forModels = /\b(?:list_media|startMs|endMs|call again)\b/;

type Steps = readonly (readonly Done[])[];

/** The calls of a question, the failed ones in words for the person who asked it. */
export function forPeople(steps: Steps, language: Language): Steps {
  const told = (done: Done) => (done.failure ? { ...done, text: textOf(done.failure, language) } : done);
  return steps.map((step) => step.map(told));
}

function textOf(failure: FailureDetail, language: Language): string {
  const { message, remedy } = failureIn(language, failure);
  const [stop, gap] = language === "zh" ? ["。", ""] : [".", " "];
  const sentence = message.endsWith(stop) ? message : message + stop;
  return forModels.test(remedy) ? sentence : sentence + gap + remedy;
}
