import { plainText } from "../media/plain-text.ts";
import type { ComparedPlace, Verdict } from "./evaluate.ts";

const lineWidth = 80;
const fileColumn = 34;
const timeColumn = 18;

/** The questions with the cited moments beside the truth, in lines of at most 80 columns, and the tally at the end. */
export function demoReport(verdicts: readonly Verdict[]): string {
  const head = `${" ".repeat(6)}${pad("file", fileColumn)}  ${pad("truth", timeColumn)}  cited`;
  const right = verdicts.filter((verdict) => verdict.right).length;
  return [
    head,
    "-".repeat(lineWidth),
    ...verdicts.flatMap(verdictLines),
    "-".repeat(lineWidth),
    `${right} of ${verdicts.length} answers are right.`,
  ].join("\n");
}

/** The lines of one question: for printing while the demo runs. */
export function verdictLines({ question, right, faults, places, answer }: Verdict): readonly string[] {
  const mark = right ? "ok    " : "WRONG ";
  const lines = [`${mark}${shorten(question.text, lineWidth - 6)}`, ...places.map(placeLine)];
  if (!right) {
    lines.push(...faults.flatMap((fault) => wrapped(`! ${fault}`)));
    if (answer) lines.push(...wrapped(`answer: ${plainText(answer, 300)}`));
  }
  return lines;
}

function placeLine({ file, truth = "-", cited = "-" }: ComparedPlace): string {
  const whole = (text: string) => (text === "" ? "(whole file)" : text);
  const name = shorten(file.slice(file.lastIndexOf("/") + 1), fileColumn);
  return `${" ".repeat(6)}${pad(name, fileColumn)}  ${pad(whole(truth), timeColumn)}  ${whole(cited)}`;
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}

function shorten(text: string, width: number): string {
  const clean = plainText(text, 500);
  if (columns(clean) <= width) return clean;
  let kept = "";
  for (const character of clean) {
    if (columns(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function wrapped(text: string): string[] {
  const room = lineWidth - 6;
  const lines: string[] = [];
  let line = "";
  for (const character of plainText(text, 400)) {
    if (columns(line + character) > room) {
      const cut = line.lastIndexOf(" ") > room / 2 ? line.lastIndexOf(" ") : line.length;
      lines.push(line.slice(0, cut));
      line = line.slice(cut).trimStart();
    }
    line += character;
  }
  return [...lines, line].map((each) => " ".repeat(6) + each);
}

/** Columns on a terminal: Chinese characters and full-width punctuation take two. */
function columns(text: string): number {
  let count = 0;
  for (const character of text)
    count += /[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u.test(character) ? 2 : 1;
  return count;
}
