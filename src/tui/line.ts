import { columnsOf } from "./graphemes.ts";

export type Colour = "red" | "green" | "yellow" | "blue" | "magenta" | "cyan" | "grey";

export interface Style {
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strike?: boolean;
  readonly inverse?: boolean;
  readonly colour?: Colour;
  /** 24-bit, as 0xrrggbb: for the halves of thumbnails. */
  readonly fore?: number;
  readonly back?: number;
}

/** A run of text in one style. The text holds no line break and no control character. */
export interface Piece {
  readonly text: string;
  readonly style?: Style;
  /** An http(s) or file address that the text leads to. */
  readonly link?: string;
}

/** One row of the screen, or a paragraph before it is wrapped. */
export type Line = readonly Piece[];

export function piece(text: string, style?: Style): Piece {
  return style === undefined ? { text } : { text, style };
}

export function line(text: string, style?: Style): Line {
  return text === "" ? [] : [piece(text, style)];
}

export function columnsOfLine(pieces: Line): number {
  return pieces.reduce((sum, { text }) => sum + columnsOf(text), 0);
}

export function textOfLine(pieces: Line): string {
  return pieces.map(({ text }) => text).join("");
}

export function restyle(pieces: Line, style: Style): Line {
  return pieces.map((one) => ({ ...one, style: { ...style, ...one.style } }));
}
