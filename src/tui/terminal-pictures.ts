import { deflateSync } from "node:zlib";
import type { Pixels } from "../media/pixels.ts";
import { type Line, piece } from "./line.ts";
import { type PictureProtocol, protocolFor, type TerminalAnswers, withReply } from "./picture-protocol.ts";
import { pngOf } from "./png.ts";
import { sixelOf } from "./sixel.ts";
import { type CellSize, thumbnailRows, thumbnailSize } from "./thumbnail.ts";

/** A picture as rows of cells; what follows it, on the row below all that stands beside it. */
export interface PlacedPicture {
  readonly rows: readonly Line[];
  /** Takes the place of the first column of the first row. */
  readonly before?: string;
  /** The same of the row below, `height` rows further down. */
  readonly after?: (height: number) => string;
}

/** Pictures in the terminal's own graphics. */
export interface TerminalPictures {
  protocol(): PictureProtocol;
  /** Something that the terminal said, not the person. */
  hear(reply: string): void;
  place(picture: Pixels, columns: number, mostRows: number): PlacedPicture;
  /** What is to be written, with the sequences in the place of their marks. */
  fill(output: string): string;
}

const esc = "\u001b";
/** Private characters that stand for sequences: Ink would take the sequences themselves out, and counts these as one column. */
const firstMark = 0xf0000;
const mostMarks = 0x8000;
const marks = /[\u{f0000}-\u{f7fff}]/gu;
const pictureIndent = 2;
/** Where the terminal does not tell: as small as they come, so that no picture covers the text beside it. */
const usualCell = { width: 6, height: 12 };

export function openTerminalPictures(env: NodeJS.ProcessEnv): TerminalPictures {
  let answers: TerminalAnswers = {};
  let made = 0;
  let imageId = 1 + Math.floor(Math.random() * 0xfffff0);
  const sequences = new Map<string, string>();
  const mark = (sequence: string) => {
    const sign = String.fromCodePoint(firstMark + (made % mostMarks));
    made += 1;
    sequences.set(sign, env.TMUX ? throughTmux(sequence) : sequence);
    return sign;
  };
  const above = (height: number, image: string) =>
    mark(`${esc}7\r${esc}[${height}A${esc}[${pictureIndent}C${image}${esc}8`);

  return {
    protocol: () => protocolFor(env, answers),
    hear: (reply) => {
      answers = withReply(answers, reply);
    },
    place: (picture, columns, mostRows) => {
      const size = thumbnailSize(picture, columns, mostRows);
      const blank = Array.from({ length: size.rows }, (): Line => [piece(" ".repeat(size.columns))]);
      switch (protocolFor(env, answers)) {
        case "kitty":
          imageId = (imageId % 0xfffffe) + 1;
          if (!answers.placeholders && !env.TMUX) {
            const image = kitty(picture, { a: "T", C: 1, i: imageId }, size);
            return { rows: blank, after: (height) => above(height, image) };
          }
          return {
            rows: placeholders(imageId, size),
            before: mark(kitty(picture, { a: "T", U: 1, i: imageId }, size)),
          };
        case "iterm2":
          return { rows: blank, after: (height) => above(height, iterm(picture, size)) };
        case "sixel": {
          const { width, height } = answers.cell ?? usualCell;
          const dots = resized(picture, size.columns * width, size.rows * height);
          return { rows: blank, after: (rows) => above(rows, sixelOf(dots)) };
        }
        default:
          return { rows: thumbnailRows(picture, columns, mostRows) };
      }
    },
    fill: (output) =>
      output.replace(marks, (sign) => {
        const sequence = sequences.get(sign) ?? "";
        // Drawn once: a picture is sent with the row that it belongs to, never again.
        sequences.delete(sign);
        return `${sequence} `;
      }),
  };
}

/** Rows and columns of a placeholder are told by combining characters; these are kitty's first 30. */
const places = [
  0x305, 0x30d, 0x30e, 0x310, 0x312, 0x33d, 0x33e, 0x33f, 0x346, 0x34a, 0x34b, 0x34c, 0x350, 0x351, 0x352,
  0x357, 0x35b, 0x363, 0x364, 0x365, 0x366, 0x367, 0x368, 0x369, 0x36a, 0x36b, 0x36c, 0x36d, 0x36e, 0x36f,
].map((code) => String.fromCodePoint(code));
const placeholder = "\u{10eeee}";

/** Characters in whose place the terminal draws the picture; their colour is its number. */
function placeholders(id: number, { columns, rows }: CellSize): readonly Line[] {
  return Array.from({ length: rows }, (_, row): Line => {
    const cells = Array.from({ length: columns }, (__, at) => `${placeholder}${places[row]}${places[at]}`);
    return [piece(cells.join(""), { fore: id })];
  });
}

/**
 * Sends the picture, answers suppressed.
 *
 * @param how `U=1`: shown where its placeholders stand; `C=1`: shown at the cursor, which stays where it is
 */
function kitty(
  { width, height, data }: Pixels,
  how: Readonly<Record<string, string | number>>,
  { columns, rows }: CellSize,
): string {
  const body = deflateSync(data).toString("base64");
  const chunks = body.match(/.{1,4096}/g) ?? [];
  const own = Object.entries(how).map(([key, value]) => `${key}=${value}`);
  const facts = `${own.join(",")},c=${columns},r=${rows},f=24,s=${width},v=${height},o=z,q=2`;
  return chunks
    .map((chunk, at) => {
      const more = `m=${at < chunks.length - 1 ? 1 : 0}`;
      return `${esc}_G${at === 0 ? `${facts},${more}` : `q=2,${more}`};${chunk}${esc}\\`;
    })
    .join("");
}

function iterm(picture: Pixels, { columns, rows }: CellSize): string {
  const file = pngOf(picture);
  const facts = `inline=1;size=${file.length};width=${columns};height=${rows};preserveAspectRatio=1;doNotMoveCursor=1`;
  return `${esc}]1337;File=${facts}:${file.toString("base64")}\u0007`;
}

/** The nearest dot of the picture for each. */
function resized({ width, height, data }: Pixels, columns: number, rows: number): Pixels {
  const out = new Uint8Array(columns * rows * 3);
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1) {
      const from = (Math.floor((y * height) / rows) * width + Math.floor((x * width) / columns)) * 3;
      out.set(data.subarray(from, from + 3), (y * columns + x) * 3);
    }
  return { width: columns, height: rows, data: out };
}

/** Handed on by tmux as it is, where `allow-passthrough` is on. */
function throughTmux(sequence: string): string {
  return `${esc}Ptmux;${sequence.replaceAll(esc, esc + esc)}${esc}\\`;
}
