import { lettering, picture, rectangle } from "./pictures/svg.ts";

/** A4 in points, as PDF counts. */
export const pageWidth = 595;
export const pageHeight = 842;

/** What is on a page; y counts downwards from the upper edge, text stands on its base line. */
export type Mark =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly x: number;
      readonly y: number;
      readonly size: number;
      readonly bold?: boolean;
      /** x is the text's right end. */
      readonly toRight?: boolean;
      readonly colour?: string;
    }
  | {
      readonly kind: "box";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly colour: string;
    };

/** The page as a scanner sees it: a picture, slightly turned, on paper that is not quite white. */
export function scannedPage(marks: readonly Mark[], pixelsPerPoint: number, turn: number): string {
  const body = marks
    .map((mark) => {
      if (mark.kind === "box") return rectangle(mark.x, mark.y, mark.width, mark.height, mark.colour);
      return lettering(mark.text, {
        x: mark.x,
        y: mark.y,
        size: mark.size,
        weight: mark.bold ? 700 : 400,
        anchor: mark.toRight ? "end" : "start",
        fill: mark.colour ?? "#1e2226",
      });
    })
    .join("");
  const [width, height] = [Math.round(pageWidth * pixelsPerPoint), Math.round(pageHeight * pixelsPerPoint)];
  return picture(
    width,
    height,
    `${rectangle(0, 0, width, height, "#efece4")}<g transform="scale(${pixelsPerPoint}) rotate(${turn} ${pageWidth / 2} ${pageHeight / 2})">${rectangle(4, 4, pageWidth - 8, pageHeight - 8, "#fbfaf5")}${body}</g>`,
  );
}
