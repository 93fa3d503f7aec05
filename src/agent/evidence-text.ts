import { basename } from "node:path";
import type { ActivityEvent } from "../media/activity-event.ts";
import type { Evidence } from "../media/citation.ts";
import type { Coverage } from "../media/coverage.ts";
import { plainText } from "../media/plain-text.ts";
import { formatSpan, formatTimeCode } from "../media/time-code.ts";

const quoteLength = 500;

/**
 * Text that came out of media or a file name, made harmless for a prompt: chat-template tokens
 * (`<|im_end|>`, `<tool_call>`, `</think>`) and evidence handles in it are only letters afterwards.
 */
export function neutralise(text: string, maxChars = 4000): string {
  return plainText(text, maxChars)
    .replace(/[<＜]([|/\w])/g, "‹$1")
    .replace(/([|/\w])[>＞]/g, "$1›")
    .replace(/\[(\/?INST|e\d+)\]/gi, "($1)");
}

/** `[e3] car.mp4 0:15.0–0:18.9 event: red, enters from the bottom`: one line for a language model. */
export function evidenceLine(evidence: Evidence): string {
  const place = [neutralise(basename(evidence.path)), formatSpan(evidence.span)].filter(Boolean).join(" ");
  const event = evidence.event ? [describeEvent(evidence.event)] : [];
  const text = evidence.text ? [`"${neutralise(evidence.text, quoteLength)}"`] : [];
  const confidence =
    evidence.confidence === undefined ? [] : [`(read with ${Math.round(evidence.confidence)} %)`];
  return [`[${evidence.handle}]`, place, `${evidence.source}:`, ...event, ...text, ...confidence].join(" ");
}

export function coverageLine(coverage: Coverage): string {
  const unknown =
    coverage.unknownWords.length > 0
      ? ` No picture search for: ${coverage.unknownWords.map((word) => neutralise(word, 40)).join(", ")}.`
      : "";
  const unreadable = coverage.unreadable > 0 ? `, ${coverage.unreadable} of them unreadable` : "";
  return (
    `Examined: ${coverage.items} files${unreadable} (${formatTimeCode(coverage.videoMs)} of video, ` +
    `${coverage.images} images, ${coverage.pages} pages).${unknown}`
  );
}

function describeEvent(event: ActivityEvent): string {
  const from = event.side ? ` from/at the ${event.side}` : "";
  const towards = event.towards ? ` to the ${event.towards}` : "";
  return `${event.colour} ${event.size} object ${event.kind}${from}${towards}`;
}
