import { basename, isAbsolute } from "node:path";
import type { Attachment } from "../media/attachment.ts";
import type { Pixels } from "../media/pixels.ts";
import { plainLines, plainText } from "../media/plain-text.ts";
import { formatTimeCode } from "../media/time-code.ts";
import type { TuiMessages } from "../messages/tui.ts";
import { citationsRows, drawsPictures } from "./citation-rows.ts";
import { columnsOf } from "./graphemes.ts";
import { type Line, line, piece } from "./line.ts";
import { markdownRows } from "./markdown.ts";
import type { PlacedPicture } from "./terminal-pictures.ts";
import type { Block, CitedPlace, ToolCard } from "./view.ts";
import { cutLine, wrapLine } from "./wrap.ts";

export interface RowOptions {
  readonly columns: number;
  readonly say: TuiMessages;
  /** Thumbnails are drawn. */
  readonly pictures: boolean;
  readonly showThoughts: boolean;
  readonly showResults: boolean;
  /** The web address that opens a moment; undefined where there is none. */
  readonly addressOf?: AddressOf;
  /** In the terminal's own graphics; half blocks where it is left out. */
  readonly placePicture?: PlacePicture;
}

export type PlacePicture = (picture: Pixels, columns: number, mostRows: number) => PlacedPicture;

export type AddressOf = (place: Pick<CitedPlace, "mediaId" | "span">) => string | undefined;

const dim = { dim: true } as const;
const leastNoteColumns = 12;

/**
 * A finished block as rows of at most `columns`.
 *
 * @param above the block before it: one blank row parts the two, not two
 */
export function blockRows(block: Block, options: RowOptions, above?: Block): Line[] {
  const { columns, say } = options;
  switch (block.type) {
    case "greeting":
    case "note":
      return noteRows(block.text, columns);
    case "question":
      return [
        ...(endsBlank(above, options) ? [] : [[]]),
        ...questionRows(block.text, block.attachments, options),
        [],
      ];
    case "command":
      return [
        ...(above === undefined || endsBlank(above, options) ? [] : [[]]),
        ...wrapLine(line(plainText(block.text, 300), dim), columns, line("> ", dim), line("  ")),
      ];
    case "thought":
      return [
        [piece(`▸ ${say.thought((block.ms / 1000).toFixed(1), block.tokens)}`, dim)],
        ...(options.showThoughts ? textRows(block.text, columns - 2, dim).map(indented) : []),
      ];
    case "tool-done":
      return toolRows(piece("✓ ", { colour: "green" }), block.card, block.summary, block.ms, options);
    case "tool-failed":
      return [
        ...toolRows(piece("✗ ", { colour: "red" }), block.card, block.failure.message, block.ms, options),
        ...wrapLine(
          line(plainText(block.failure.remedy, 500), dim),
          columns,
          line("    → ", dim),
          line("      "),
        ),
      ];
    case "tool-stopped":
      return [cutLine([piece("· "), ...toolTitle(block.card), piece(` · ${say.toolStopped}`, dim)], columns)];
    case "answer":
      return [
        ...markdownRows(block.text, Math.max(8, columns - 2)).map((row) =>
          indented(linkedNumbers(row, block.cited ?? [], options.addressOf)),
        ),
        [],
      ];
    case "citations":
      return citationsRows(block.moments, options);
    case "expanded":
      return block.blocks.flatMap((one) =>
        blockRows(one, { ...options, showThoughts: true, showResults: true }),
      );
    case "stopped":
      return wrapLine(line(say.stopped, { colour: "yellow" }), columns);
    case "warning":
      return wrapLine(
        line(plainText(block.text, 500), { colour: "yellow" }),
        columns,
        line("! "),
        line("  "),
      );
    case "failure":
      return [
        ...wrapLine(
          line(plainText(block.failure.message, 2000), { colour: "red" }),
          columns,
          line("✗ "),
          line("  "),
        ),
        ...wrapLine(line(plainText(block.failure.remedy, 2000)), columns, line("  → "), line("    ")),
      ];
    default:
      return impossible(block);
  }
}

/** `[2]` in an answer leads to the second cited moment. */
function linkedNumbers(row: Line, cited: readonly CitedPlace[], addressOf: AddressOf | undefined): Line {
  if (cited.length === 0 || addressOf === undefined) return row;
  return row.flatMap((one) => {
    if (one.link !== undefined || !/\[\d+\]/.test(one.text)) return [one];
    return one.text.split(/(\[\d+\])/).flatMap((text): Line => {
      const place = /^\[\d+\]$/.test(text) ? cited[Number(text.slice(1, -1)) - 1] : undefined;
      const link = place && addressOf(place);
      return text === "" ? [] : [{ ...one, text, ...(link === undefined ? {} : { link }) }];
    });
  });
}

function endsBlank(block: Block | undefined, options: RowOptions): boolean {
  if (block?.type === "citations")
    return drawsPictures(options) && block.moments.at(-1)?.thumbnail !== undefined;
  return block?.type === "answer";
}

function impossible(block: never): never {
  throw new Error(`An unknown block: ${JSON.stringify(block)}`);
}

const indented = (row: Line): Line => (row.length === 0 ? row : [piece("  "), ...row]);

function textRows(text: string, columns: number, style?: typeof dim): Line[] {
  return plainLines(text)
    .split("\n")
    .flatMap((row) => wrapLine(line(row, style), columns));
}

/**
 * What follows two spaces or more, or a mark at the start of an indented row, is a column of its own, where the window
 * is wide enough for one.
 */
function noteRows(text: string, columns: number): Line[] {
  return plainLines(text)
    .split("\n")
    .flatMap((row) => {
      const label = /^ +[✗→] |^ *\S.*? {2,}(?=\S)/u.exec(row)?.[0] ?? "";
      if (label === "" || columnsOf(label) > columns - leastNoteColumns)
        return wrapLine(line(row.replace(/(?<=\S) {2,}/gu, "  ")), columns);
      const rest = line(" ".repeat(columnsOf(label)));
      return wrapLine(line(row.slice(label.length)), columns, line(label), rest);
    });
}

function questionRows(
  text: string,
  attachments: readonly Attachment[],
  { columns, say }: RowOptions,
): Line[] {
  const rows = plainLines(text).split("\n");
  const label = `${say.you}  `;
  const blank = line(" ".repeat(columnsOf(label)));
  const asked = rows.flatMap((row, at) =>
    wrapLine(line(row), columns, at === 0 ? line(label, { bold: true, colour: "cyan" }) : blank, blank),
  );
  const beside = attachments.map((one) => cutLine([...blank, piece(attachmentName(one), dim)], columns));
  return [...asked, ...beside];
}

/** `car.jpg`, `party.mp4 0:12.0–0:18.0`. */
export function attachmentName(attachment: Attachment): string {
  const name = plainText(basename(attachment.path), 80);
  if (attachment.kind === "image") return name;
  return `${name} ${formatTimeCode(attachment.startMs)}–${formatTimeCode(attachment.endMs)}`;
}

export function toolTitle(card: ToolCard): Line {
  const input =
    card.input !== null && typeof card.input === "object" ? Object.values(card.input) : [card.input];
  const asked = input.find((value) => typeof value === "string" && value !== "");
  return [
    // The model names it: a tool that is called by a wrong name is shown by that name.
    piece(plainText(card.name, 40)),
    ...(asked === undefined ? [] : [piece(` "${plainText(withoutFolder(String(asked)), 60)}"`, dim)]),
  ];
}

/** A line for each thing that was given, so that a path is broken only where it is longer than a row. */
function inputText(input: unknown): string {
  if (input === null || typeof input !== "object") return String(input ?? "");
  return Object.entries(input)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("\n");
}

/** Of a path, the name is what a person knows it by. */
function withoutFolder(asked: string): string {
  return isAbsolute(asked) ? basename(asked) : asked;
}

function toolRows(
  mark: Line[number],
  card: ToolCard,
  summary: string,
  ms: number,
  options: RowOptions,
): Line[] {
  const { columns, showResults } = options;
  const [first = ""] = summary.split("\n");
  const time = ` · ${(ms / 1000).toFixed(1)} s`;
  const said = [mark, ...toolTitle(card), piece(` · ${plainText(first, 160)}`, dim)];
  const head = [...cutLine(said, columns - time.length), piece(time, dim)];
  if (!showResults) return [head];
  const detail = `${inputText(card.input)}\n${summary}`;
  return [head, ...textRows(detail, columns - 4, dim).map((row): Line => [piece("    "), ...row])];
}
