import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { plainText } from "../media/plain-text.ts";
import { formatSpan } from "../media/time-code.ts";
import type { RowOptions } from "./block-rows.ts";
import { type Colour, columnsOfLine, type Line, line, piece } from "./line.ts";
import type { PlacedPicture } from "./terminal-pictures.ts";
import { thumbnailRows } from "./thumbnail.ts";
import type { CitedMoment } from "./view.ts";
import { cutLine, wrapLine } from "./wrap.ts";

const mostPictureRows = 6;
/** Narrower, the text beside a picture would be cut off. */
const leastColumns = 30;
/** More than so many have been listed in the answer itself: a row each is enough where there is no picture. */
const mostInFull = 6;

export function drawsPictures({ pictures, columns }: RowOptions): boolean {
  return pictures && columns >= leastColumns;
}

/** Cited moments as cards, their texts in one column beside the pictures, as near to them as the widest allows. */
export function citationsRows(moments: readonly CitedMoment[], options: RowOptions): Line[] {
  const fits = drawsPictures(options);
  const mostColumns = options.columns >= 120 ? 24 : options.columns >= 60 ? 16 : 10;
  const place = options.placePicture ?? ((...given) => ({ rows: thumbnailRows(...given) }));
  const cards = moments.map((moment): readonly [CitedMoment, PlacedPicture] => [
    moment,
    fits && moment.thumbnail ? place(moment.thumbnail, mostColumns, mostPictureRows) : { rows: [] },
  ]);
  const width = Math.max(0, ...cards.flatMap(([, { rows }]) => rows.map(columnsOfLine)));
  return cards.flatMap(([moment, picture], at) =>
    at >= mostInFull && picture.rows.length === 0
      ? [shortRow(moment, options)]
      : cardRows(moment, picture, width, options),
  );
}

function cardRows(moment: CitedMoment, placed: PlacedPicture, width: number, options: RowOptions): Line[] {
  const picture = placed.rows;
  const left = picture.length > 0 ? width + 4 : 2;
  const text = textRows(moment, Math.max(12, options.columns - left), options);
  if (picture.length === 0) return text.map((row) => [piece("  "), ...row]);
  const height = Math.max(text.length, picture.length);
  const beside = Array.from({ length: height }, (_, at): Line => {
    const cells = picture[at] ?? [];
    const gap = piece(" ".repeat(width - columnsOfLine(cells) + 2));
    const indent = at === 0 && placed.before ? `${placed.before} ` : "  ";
    return [piece(indent), ...cells, gap, ...(text[at] ?? [])];
  });
  return [...beside, placed.after ? [piece(placed.after(height))] : []];
}

/** `[7] room.mp4  0:12.0–0:15.5  ✓`: the verdict's sign alone. */
function shortRow(moment: CitedMoment, options: RowOptions): Line {
  const [sign = ""] = options.say.check(moment.citation.check).split(" ");
  const mark = piece(`  ${sign}`, { colour: checkColour(moment.citation) });
  const open = piece(`  ${options.say.open(moment.number)}`, { dim: true });
  return cutLine([piece("  "), ...placeOf(moment, options), mark, open], options.columns);
}

function checkColour({ check }: CitedMoment["citation"]): Colour {
  return check === "failed" ? "red" : check === "unchecked" ? "grey" : "green";
}

function placeOf({ number, citation }: CitedMoment, { addressOf }: RowOptions): Line {
  const name = plainText(basename(citation.path), 80);
  const link = addressOf?.(citation) ?? pathToFileURL(citation.path).href;
  const when = formatSpan(citation.span);
  return [
    piece(`[${number}] `, { bold: true }),
    { text: name, style: { underline: true }, link },
    ...(when === "" ? [] : [piece(`  ${when}`)]),
  ];
}

function textRows(moment: CitedMoment, room: number, options: RowOptions): Line[] {
  const { number, citation } = moment;
  const { say } = options;
  return [
    ...wrapLine(placeOf(moment, options), room),
    ...wrapLine(
      [
        piece(say.check(citation.check), { colour: checkColour(citation) }),
        piece(`   ${say.open(number)}`, { dim: true }),
      ],
      room,
    ),
    ...(citation.quote
      ? wrapLine(line(`“${plainText(citation.quote, 160)}”`, { italic: true }), room).slice(0, 3)
      : []),
  ];
}
