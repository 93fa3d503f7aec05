import type { Evidence } from "../media/citation.ts";
import { parseTimeCode } from "../media/time-code.ts";

/** A time in prose may be rounded to the second. */
const toleranceMs = 1000;

/**
 * Times written in an answer that no evidence holds: `1:02.5`, "at 62 seconds", "1分2秒", "第62秒".
 * A time that stands in a text that was found, or in the question, is a quotation and is let through.
 */
export function unheldTimes(
  answer: string,
  evidence: readonly Evidence[],
  question: string,
): readonly string[] {
  const quoted = [question, ...evidence.map((one) => one.text ?? "")].join("\n");
  const found = [...timesIn(answer)].filter(
    ({ text, ms }) => !quoted.includes(text) && !evidence.some((one) => holds(one, ms)),
  );
  return [...new Set(found.map(({ text }) => text))];
}

function holds(evidence: Evidence, ms: number): boolean {
  const spans = [
    evidence.span,
    ...(evidence.event ? [{ kind: "time" as const, ...evidence.event.presence }] : []),
  ];
  return spans.some(
    (span) => span.kind === "time" && ms >= span.startMs - toleranceMs && ms <= span.endMs + toleranceMs,
  );
}

function* timesIn(answer: string): Generator<{ text: string; ms: number }> {
  for (const match of answer.matchAll(/(?<![\d:.])\d{1,2}(?::\d{2}){1,2}(?:\.\d+)?(?![\d:])/g)) {
    const ms = parseTimeCode(match[0]);
    if (ms !== undefined) yield { text: match[0], ms };
  }
  const inWords =
    /\b(?:at|around|about|from|until|till|to)\s+(?:(\d+)\s*min(?:ute)?s?\s*(?:and\s*)?)?(\d+(?:\.\d+)?)\s*s(?:ec(?:ond)?s?)?\b/gi;
  for (const match of answer.matchAll(inWords)) yield { text: match[0], ms: toMs(match[1], match[2]) };
  for (const match of answer.matchAll(/(?:(\d+)\s*分钟?\s*|第\s*)(\d+(?:\.\d+)?)\s*秒/g)) {
    yield { text: match[0], ms: toMs(match[1], match[2]) };
  }
}

function toMs(minutes = "0", seconds = "0"): number {
  return Math.round((Number(minutes) * 60 + Number(seconds)) * 1000);
}
