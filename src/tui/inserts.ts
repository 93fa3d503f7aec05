import type { Attachment } from "../media/attachment.ts";
import { plainLines } from "../media/plain-text.ts";
import { attachmentMark, droppedFiles } from "./attach.ts";

const longestPaste = 1000;
const mostPastedLines = 8;
const firstWord = /^\s*(?:"[^"]*"|'[^']*'|(?:\\.|[^\s\\])+)/u;

/** What stands in the text for something larger: dropped files and long pastes. */
export interface Inserts {
  readonly attachments: readonly Attachment[];
  readonly pastes: readonly string[];
}

export const noInserts: Inserts = { attachments: [], pastes: [] };

/** What to write for a paste, and the inserts with what it brought. */
export function takePaste(
  inserts: Inserts,
  pasted: string,
): { readonly text: string; readonly inserts: Inserts } {
  const files = droppedFiles(pasted);
  if (files) return takeFiles(inserts, files);
  const plain = plainLines(pasted);
  const lines = plain.split("\n").length;
  if (plain.length <= longestPaste && lines <= mostPastedLines) return { text: plain, inserts };
  const pastes = [...inserts.pastes, plain];
  return { text: `[Paste #${pastes.length} ${lines} lines]`, inserts: { ...inserts, pastes } };
}

/**
 * Files that a text begins with become attachments: a terminal without bracketed paste types what is dropped on it. A
 * file that is named further on is spoken of.
 */
export function takeTypedFiles(
  inserts: Inserts,
  text: string,
): { readonly text: string; readonly inserts: Inserts } {
  const word = firstWord.exec(text)?.[0] ?? "";
  const files = droppedFiles(word);
  if (!files) return { text, inserts };
  const first = takeFiles(inserts, files);
  const rest = takeTypedFiles(first.inserts, text.slice(word.length).trimStart());
  return { text: first.text + rest.text, inserts: rest.inserts };
}

/** Their marks, and the inserts with them. */
function takeFiles(inserts: Inserts, files: readonly Attachment[]) {
  const first = inserts.attachments.length + 1;
  const text = files.map((one, at) => `${attachmentMark(one, first + at)} `).join("");
  return { text, inserts: { ...inserts, attachments: [...inserts.attachments, ...files] } };
}

/** The question as it is asked: pastes in full, attachments that still have their mark in the text, in order. */
export function expand(text: string, { attachments, pastes }: Inserts) {
  const kept = attachments.filter((one, at) => text.includes(attachmentMark(one, at + 1)));
  let question = text.replace(
    /\[Paste #(\d+) \d+ lines\]/g,
    (mark, number: string) => pastes[Number(number) - 1] ?? mark,
  );
  for (const [at, one] of attachments.entries())
    question = question.replaceAll(
      attachmentMark(one, at + 1),
      kept.includes(one) ? attachmentMark(one, kept.indexOf(one) + 1) : "",
    );
  return { text: question.trim(), attachments: kept };
}
