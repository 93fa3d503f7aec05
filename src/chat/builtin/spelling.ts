/** Ordinary words that are no typing slip of a lexicon word, though they look like one. */
const leaveAlone = new Set(
  (
    "track tracks these those three where there their shows broad board house mouse reads roads reach teach beach peach " +
    "great green bread dread threads heads lines liner river drive table cable light night right sight fight might " +
    "eight phone phones stones notes store stores story white while whole whose world words sword clips chips ships " +
    "shirt short sport report tower lower flower power water later paper taper layer player plays place plate plane " +
    "planes train trains brain rain drain cards carts boats coats goats mango march match watch catch pitch black block " +
    "clock blocks coach beaches yellowstone greens redo reed past fast last list lists fist first thirst burst"
  ).split(" "),
);

/** A word and what it may be an inflection of: "entering" → "enter", "passes" → "pass", "copied" → "copy". */
export function wordForms(word: string): readonly string[] {
  const forms = [word];
  const push = (form: string) => {
    if (form.length >= 2) forms.push(form);
  };
  for (const suffix of ["ing", "ed", "es", "s", "er"]) {
    if (!word.endsWith(suffix) || word.length - suffix.length < 2) continue;
    const stem = word.slice(0, -suffix.length);
    push(stem);
    if (suffix !== "s") push(`${stem}e`);
    if (/(.)\1$/.test(stem)) push(stem.slice(0, -1));
    if (stem.endsWith("i")) push(`${stem.slice(0, -1)}y`);
  }
  return forms;
}

/**
 * The lexicon word that `written` is a typing slip of, or undefined. One slip (a letter missing, added, wrong, or two
 * swapped) is forgiven in a word of five letters and more, two in nine; in four letters only a swap. The first letter
 * counts as right.
 */
export function nearestWord(written: string, lexicon: ReadonlyMap<string, unknown>): string | undefined {
  if (written.length < 4 || leaveAlone.has(written) || /\d/.test(written)) return undefined;
  const allowed = written.length >= 9 ? 2 : 1;
  let best: string | undefined;
  let bestDistance = allowed + 1;
  for (const word of lexicon.keys()) {
    if (word[0] !== written[0] || word.length < 4 || Math.abs(word.length - written.length) > allowed)
      continue;
    if (written.length === 4 && !isSwap(written, word)) continue;
    const distance = slips(written, word);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = word;
    }
  }
  return best;
}

function isSwap(a: string, b: string): boolean {
  const letters = (word: string) => [...word].sort((x, y) => (x < y ? -1 : 1)).join("");
  return a.length === b.length && letters(a) === letters(b) && slips(a, b) === 1;
}

/** Optimal string alignment distance (Damerau–Levenshtein without repeated edits of one place). */
function slips(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(
        (rows[i - 1]?.[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (rows[i - 1]?.[j - 1] ?? 0) + same,
      );
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
