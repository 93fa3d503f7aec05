import type { Evidence } from "../../media/citation.ts";
import { overlap, topicWords } from "./relevance.ts";
import { evidenceIn, resultsOf, type Situation } from "./situation.ts";

/** The text that answers best: read or written, with most of the topic's words; else a file that is named after it. */
export function targetOf(situation: Situation): Evidence | undefined {
  const { question } = situation;
  const passages = evidenceIn(resultsOf(situation, "read_document"));
  const texts = evidenceIn(resultsOf(situation, "vector_search")).filter(
    (one) => one.text && one.source !== "event",
  );
  const listed = evidenceIn(resultsOf(situation, "list_media"));
  const also = question.nouns.flatMap((noun) => noun.also);
  const topic = [...topicWords(question), ...also];
  const all = [...question.terms, ...also];
  const written = [...texts, ...passages].filter(
    (one) => one.source !== "metadata" && (one.text ?? "").length > 1,
  );
  const scored = written.map((one) => ({ one, score: 3 * overlap(one, topic) + overlap(one, all) }));
  const best = scored.reduce<(typeof scored)[number] | undefined>(
    (a, b) => (a && a.score >= b.score ? a : b),
    undefined,
  );
  if (best && best.score > 0) return best.one;
  const file = [...listed, ...texts].find(
    (one) => one.source === "metadata" && overlap({ path: one.path }, all) > 0,
  );
  const ofFile = written.find((one) => one.path === (file ?? written[0])?.path);
  if (file) return ofFile ?? file;
  return question.fileNames.length > 0 ? written[0] : undefined;
}
