import stringWidth from "string-width";

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const plainAscii = /^[\x20-\x7e\n]*$/;

/** What a person takes for one character: an emoji with its modifiers, a letter with its accents. */
export function graphemesOf(text: string): readonly string[] {
  return plainAscii.test(text) ? text.split("") : [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** Columns that a text takes in a terminal. */
export function columnsOf(text: string): number {
  return plainAscii.test(text) ? text.length : stringWidth(text);
}
