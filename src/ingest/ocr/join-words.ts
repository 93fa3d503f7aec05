const han = /[\u2e80-\u9fff\uf900-\ufaff\u{20000}-\u{2fa1f}]/u;
const fullWidth = /[\u3000-\u303f\uff00-\uffef]/u;

/** One line of text out of its words: Chinese characters stand side by side, other words are parted by a space. */
export function joinWords(words: readonly string[]): string {
  let line = "";
  for (const word of words) {
    const tight = line === "" || touches(line.at(-1) ?? "", [...word][0] ?? "");
    line += tight ? word : ` ${word}`;
  }
  return line;
}

function touches(left: string, right: string): boolean {
  if (fullWidth.test(left) || fullWidth.test(right)) return true;
  return han.test(left) && (han.test(right) || /\p{P}/u.test(right));
}

export function isHan(character: string): boolean {
  return han.test(character);
}
