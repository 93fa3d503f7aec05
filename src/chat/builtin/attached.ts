import { evidenceIn, type Handler, resultsOf } from "./situation.ts";
import { bullets, examinedLine, failuresIn, paragraphs, place } from "./wording.ts";

const mostTold = 6;

/** A question that came with pictures or clips: what in the library looks or runs like them. */
export const answerAttached =
  (attached: readonly ("image" | "clip")[]): Handler =>
  (situation) => {
    const { steps, words } = situation;
    if (steps.length === 0) {
      const calls = attached.map((kind, i) => ({
        name: "vector_search",
        input: { [kind]: `#${i + 1}`, limit: mostTold },
      }));
      return { calls };
    }
    const results = resultsOf(situation);
    const found = evidenceIn(results).slice(0, mostTold);
    const told =
      found.length > 0 ? `${words.likeAttached}\n${bullets(found, words, place)}` : words.notLikeAttached;
    return { answer: paragraphs(told, failuresIn(results), examinedLine(results, words)) };
  };
