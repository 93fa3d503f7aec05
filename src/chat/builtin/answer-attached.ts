import type { Round } from "./history.ts";
import type { Step } from "./situation.ts";
import { evidenceIn, type Situation } from "./situation.ts";
import { bullets, examinedLine, failuresIn, paragraphs, place } from "./wording.ts";

/** Searches by the pictures and clips that came with a question, and lists what is like them. */
export function answerAttached({ attachments, steps }: Round, words: Situation["words"]): Step {
  if (steps.length === 0) {
    const calls = attachments.map((one, at) => ({
      name: "vector_search",
      input: { [one.kind === "image" ? "image" : "clip"]: `#${at + 1}`, limit: 8 },
    }));
    return { calls };
  }
  const results = steps.flat();
  const found = evidenceIn(results);
  return {
    answer: paragraphs(
      words.likeAttached(found.length),
      bullets(found, words, place),
      failuresIn(results),
      examinedLine(results, words),
    ),
  };
}
