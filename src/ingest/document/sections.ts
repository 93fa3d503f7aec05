export interface Section {
  /** From the outermost heading to the section's own; empty before the first heading. */
  readonly headings: readonly string[];
  readonly body: string;
}

/** A section is what is found and quoted: about a screen of text. */
const longestBody = 2000;

interface Heading {
  readonly level: number;
  readonly title: string;
  /** Lines that the heading takes. */
  readonly lines: number;
}

/** Markdown by its headings, longer sections by paragraphs. A "#" inside a code fence is no heading. */
export function markdownSections(text: string): readonly Section[] {
  const lines = withoutFrontMatter(text).split("\n");
  const sections: Section[] = [];
  let headings: readonly Heading[] = [];
  let body: string[] = [];
  let fence: string | undefined;
  const close = () => {
    sections.push(
      ...pieces(
        body.join("\n"),
        headings.map((heading) => heading.title),
      ),
    );
    body = [];
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    fence = fenceAfter(line, fence);
    const heading = fence === undefined ? headingAt(line, lines[at + 1] ?? "") : undefined;
    if (!heading) {
      body.push(line);
      continue;
    }
    close();
    headings = [...headings.filter((outer) => outer.level < heading.level), heading];
    at += heading.lines - 1;
  }
  close();
  return sections;
}

/** Plain text by paragraphs, short ones together. */
export function plainSections(text: string): readonly Section[] {
  return pieces(text, []);
}

/** "Report > Costs" and the body below. */
export function sectionText({ headings, body }: Section): string {
  return [headings.join(" > "), body].filter((part) => part !== "").join("\n");
}

function headingAt(line: string, next: string): Heading | undefined {
  const hashes = /^ {0,3}(#{1,6})\s+(.+?)(?:\s+#+)?\s*$/u.exec(line);
  if (hashes) return { level: hashes[1]?.length ?? 1, title: hashes[2] ?? "", lines: 1 };
  const underlined = /^ {0,3}(=+|-{2,})\s*$/u.exec(next);
  if (!underlined || line.trim() === "" || /^\s*(?:[-*+>|]|\d+\.)/u.test(line)) return undefined;
  return { level: underlined[1]?.startsWith("=") ? 1 : 2, title: line.trim(), lines: 2 };
}

function fenceAfter(line: string, open: string | undefined): string | undefined {
  const mark = /^ {0,3}(`{3,}|~{3,})/u.exec(line)?.[1];
  if (open === undefined) return mark;
  return mark?.startsWith(open) && line.trim() === mark ? undefined : open;
}

function withoutFrontMatter(text: string): string {
  return text.replace(/^---\n[\s\S]*?\n---\n/u, "");
}

function pieces(body: string, headings: readonly string[]): Section[] {
  const found: Section[] = [];
  let piece = "";
  for (const paragraph of body.split(/\n\s*\n/u).flatMap(bounded)) {
    if (piece !== "" && piece.length + paragraph.length > longestBody) {
      found.push({ headings, body: piece });
      piece = "";
    }
    piece = piece === "" ? paragraph : `${piece}\n\n${paragraph}`;
  }
  if (piece !== "") found.push({ headings, body: piece });
  // A heading over nothing is still something to find.
  return found.length === 0 && headings.length > 0 ? [{ headings, body: "" }] : found;
}

/** A paragraph in parts of at most `longestBody`, cut at the end of a line or sentence where there is one. */
function bounded(paragraph: string): string[] {
  const parts: string[] = [];
  let rest = paragraph.trim();
  while (rest.length > longestBody) {
    const window = rest.slice(0, longestBody);
    const ends = ["\n", "。", ". ", "！", "？", " "].map((mark) => window.lastIndexOf(mark));
    const end = ends.find((at) => at > longestBody / 2) ?? longestBody - 1;
    const at = endsInSurrogate(rest, end) ? end : end + 1;
    parts.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  if (rest !== "") parts.push(rest);
  return parts;
}

function endsInSurrogate(text: string, at: number): boolean {
  return /[\ud800-\udbff]/u.test(text.charAt(at));
}
