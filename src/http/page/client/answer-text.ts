export type Inline =
  | { readonly kind: "text" | "strong" | "code"; readonly text: string }
  | { readonly kind: "source"; readonly number: number };

export interface Block {
  readonly kind: "paragraph" | "bullets" | "numbers";
  /** One line of a paragraph, or one entry of a list. */
  readonly lines: readonly (readonly Inline[])[];
}

/**
 * An answer as blocks of text: lists, `**strong**`, `` `code` `` and the numbers of its sources, `[1]`. Handles that
 * are not resolved yet (`[e1]`, while the answer streams) are left out. Everything else stays the text it is.
 */
export function parseAnswer(answer: string): readonly Block[] {
  const blocks: { kind: Block["kind"]; lines: (readonly Inline[])[] }[] = [];
  let open: Block["kind"] | undefined;
  for (const line of answer.split("\n")) {
    const { kind, text } = lineOf(line);
    if (text.trim() === "") {
      open = undefined;
      continue;
    }
    if (open !== kind) blocks.push({ kind, lines: [] });
    open = kind;
    blocks.at(-1)?.lines.push(parseInline(text));
  }
  return blocks;
}

function lineOf(line: string): { readonly kind: Block["kind"]; readonly text: string } {
  const bullet = /^\s*[-*•]\s+(.*)$/.exec(line);
  if (bullet) return { kind: "bullets", text: bullet[1] ?? "" };
  const number = /^\s*\d{1,3}[.)、]\s+(.*)$/.exec(line);
  if (number) return { kind: "numbers", text: number[1] ?? "" };
  return { kind: "paragraph", text: line.replace(/^#{1,6}\s+/, "") };
}

const inline = /\*\*([^*]+)\*\*|`([^`]+)`|\[(\d{1,3})\]|\s?[[【［]e\d+(?:\s*[,，、;]\s*e\d+)*[\]】］]/g;

function parseInline(line: string): readonly Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  for (const match of line.matchAll(inline)) {
    if (match.index > end) parts.push({ kind: "text", text: line.slice(end, match.index) });
    const [, strong, code, number] = match;
    if (strong !== undefined) parts.push({ kind: "strong", text: strong });
    if (code !== undefined) parts.push({ kind: "code", text: code });
    if (number !== undefined) parts.push({ kind: "source", number: Number(number) });
    end = match.index + match[0].length;
  }
  if (end < line.length) parts.push({ kind: "text", text: line.slice(end) });
  return parts;
}
