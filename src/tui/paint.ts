import type { Colour, Line, Piece, Style } from "./line.ts";

/** What the terminal can show. */
export interface Paint {
  readonly colour: "none" | "256" | "full";
  /** OSC 8 hyperlinks. */
  readonly links: boolean;
}

const colourCodes: Readonly<Record<Colour, number>> = {
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
  grey: 90,
};

export function paintLine(pieces: Line, paint: Paint): string {
  return pieces.map((one) => paintPiece(one, paint)).join("");
}

/** Whatever a row was made of, what moves the cursor or sets modes stays out of the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is kept out
const controls = /[\u0000-\u001f\u007f-\u009f]/gu;

function paintPiece({ text: given, style, link: address }: Piece, paint: Paint): string {
  const text = given.replace(controls, "");
  const link = address?.replace(controls, "");
  const codes = style === undefined || paint.colour === "none" ? [] : codesOf(style, paint.colour);
  const styled = codes.length === 0 ? text : `\u001b[${codes.join(";")}m${text}\u001b[0m`;
  return link !== undefined && paint.links ? `\u001b]8;;${link}\u0007${styled}\u001b]8;;\u0007` : styled;
}

function codesOf(style: Style, colour: "256" | "full"): readonly string[] {
  const flags: readonly (readonly [boolean | undefined, string])[] = [
    [style.bold, "1"],
    [style.dim, "2"],
    [style.italic, "3"],
    [style.underline, "4"],
    [style.inverse, "7"],
    [style.strike, "9"],
  ];
  return [
    ...flags.flatMap(([on, code]) => (on ? [code] : [])),
    ...(style.colour ? [String(colourCodes[style.colour])] : []),
    ...(style.fore === undefined ? [] : [rgb(38, style.fore, colour)]),
    ...(style.back === undefined ? [] : [rgb(48, style.back, colour)]),
  ];
}

function rgb(ground: 38 | 48, value: number, colour: "256" | "full"): string {
  const [red, green, blue] = [value >> 16, (value >> 8) & 255, value & 255] as const;
  if (colour === "full") return `${ground};2;${red};${green};${blue}`;
  // the 6×6×6 cube of the 256 colours
  const step = (part: number) => Math.round((part / 255) * 5);
  return `${ground};5;${16 + 36 * step(red) + 6 * step(green) + step(blue)}`;
}
