import type { Evidence } from "../../media/citation.ts";
import type { Done } from "./history.ts";
import { targetOf } from "./reading-target.ts";
import { evidenceIn, heldAt, resultsOf, type Situation } from "./situation.ts";
import {
  bullets,
  examinedLine,
  failuresIn,
  nameOf,
  paragraphs,
  place,
  quoted,
  unknownTerms,
} from "./wording.ts";

const longText = 1200;

/** Quotes the text that was found, says how well it was read, and what was searched where there is none. */
export function narrateReading(situation: Situation): string {
  const { words, steps } = situation;
  const results = steps.flat();
  const examined = examinedLine(results, words);
  const reread = resultsOf(situation, "ocr_reread").find((done) => done.evidence.length > 0);
  const target = targetOf(situation);
  if (reread) return paragraphs(rereadText(reread, target, situation), examined);
  const passages = heldAt(evidenceIn(resultsOf(situation, "read_document")), situation.question);
  if (passages.length > 0) return paragraphs(passageList(passages, situation), examined);
  if (target && target.source !== "metadata") {
    const text = `${quoted(target, words, longText)} ${place(target)}${confidenceOf(target, words)}`;
    return paragraphs(text, examined);
  }
  const unknown = unknownTerms(situation.question.terms, results);
  return paragraphs(
    words.notFound(situation.question.terms.map((term) => words.quote(term)).join(" ")),
    unknown.length > 0 ? words.unknownWords(unknown) : "",
    failuresIn(results),
    examined,
  );
}

/** The text of a close reading, with the moment that it was first found in. */
export function rereadText(
  reread: Done,
  found: Evidence | undefined,
  { words }: Pick<Situation, "words">,
): string {
  const [reading] = reread.evidence;
  if (!reading) return "";
  const { confidence, agreement, verified } = reread.data;
  const vote =
    typeof confidence === "number" && typeof agreement === "number"
      ? `\n${words.vote(Math.round(confidence), Math.round(agreement * 100), verified === true)} ${place(reading)}`
      : "";
  const where = found && found.source !== "metadata" ? place(found) : place(reading);
  return `${quoted(reading, words, longText)} ${where}${where === place(reading) ? vote.replace(` ${where}`, "") : vote}`;
}

/** Words of a dialog that reports something; its own name seldom stands in it. */
const alarm = /error|warning|fail|cannot|could not|unable|stopped|lost|错误|警告|失败|无法/i;

function passageList(all: readonly Evidence[], { words, question }: Situation): string {
  const read = all.filter((one) => one.source !== "subtitle");
  const isDialog = question.nouns.some(({ word }) => /dialog|pop-?up|window|对话框|弹窗|窗口/.test(word));
  const alarms = isDialog ? read.filter((one) => alarm.test(one.text ?? "")) : [];
  const passages = alarms.length > 0 ? alarms : read.length > 0 ? read : all;
  const [first] = passages;
  if (!first) return "";
  if (passages.length === 1)
    return `${quoted(first, words, longText)} ${place(first)}${confidenceOf(first, words)}`;
  const isOneFile = passages.every((one) => one.path === first.path);
  const head = isOneFile ? words.aboutHead(nameOf(first)) : words.written;
  return `${head}\n${bullets(passages, words, (one) => `${quoted(one, words)} ${place(one)}`)}`;
}

function confidenceOf(evidence: Evidence, words: Situation["words"]): string {
  return evidence.confidence === undefined ? "" : ` (${words.confidence(Math.round(evidence.confidence))})`;
}
