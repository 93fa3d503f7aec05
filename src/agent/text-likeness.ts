/** Two readings of the same text share at least this part of their letter pairs. */
const sameFrom = 0.6;

/** True when one text holds the other, or two readings of a text differ only by misread letters. */
export function sameText(cited: string, found: string): boolean {
  const [a, b] = [fold(cited), fold(found)];
  if (a === "" || b === "") return false;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 2 && long.includes(short)) return true;
  return overlapOfPairs(short, long) >= sameFrom;
}

/** Part of the shorter text's letter pairs that the longer one has too, 0..1 (overlap coefficient of bigrams). */
function overlapOfPairs(short: string, long: string): number {
  if (short.length < 2) return 0;
  const left = new Map<string, number>();
  for (let i = 0; i + 1 < long.length; i++) {
    const pair = long.slice(i, i + 2);
    left.set(pair, (left.get(pair) ?? 0) + 1);
  }
  let shared = 0;
  for (let i = 0; i + 1 < short.length; i++) {
    const count = left.get(short.slice(i, i + 2)) ?? 0;
    if (count > 0) shared += 1;
    left.set(short.slice(i, i + 2), count - 1);
  }
  return shared / (short.length - 1);
}

function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, "");
}
