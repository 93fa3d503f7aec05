/** One character of a reading, with how far it is trusted (0..1). */
export interface Ballot {
  readonly character: string;
  readonly weight: number;
}

/** A reading that skips a character is believed less than one that shows it: passes lose text oftener than they invent it. */
const omissionWeight = 0.5;

interface Place {
  /** Weight by character that stands here; "" votes for leaving the place out. */
  readonly votes: Map<string, number>;
}

/** Alignments take time and memory by the product of the lengths; longer readings are not voted on. */
export const longestBallots = 3000;

/**
 * Votes character by character: every reading is aligned with the first, and each place takes the character with the
 * most weight (J. G. Fiscus, "A post-processing system to yield reduced word error rates: ROVER", ASRU 1997, on
 * characters). Ties go to the first reading, so the most trusted belongs there.
 */
export function voteByCharacter(readings: readonly (readonly Ballot[])[]): string {
  const [first = [], ...others] = readings;
  let places: Place[] = first.map(({ character, weight }) => ({ votes: new Map([[character, weight]]) }));
  let castSoFar = meanWeight(first);
  for (const other of others) {
    if (other.length === 0) continue;
    places = merge(places, other, castSoFar);
    castSoFar += meanWeight(other);
  }
  return places.map(winner).join("");
}

/** 1 for equal texts, 0 for texts without a common character: 1 less the edit distance over the longer length. */
export function similarity(left: string, right: string): number {
  const [a, b] = [[...left], [...right]];
  const longer = Math.max(a.length, b.length);
  if (longer === 0) return 1;
  if (longer > longestBallots) return left === right ? 1 : 0;
  return 1 - (editDistances(a, b).at(-1) ?? longer) / longer;
}

function winner({ votes }: Place): string {
  let [best, most] = ["", Number.NEGATIVE_INFINITY];
  for (const [character, weight] of votes) if (weight > most) [best, most] = [character, weight];
  return best;
}

function merge(places: readonly Place[], reading: readonly Ballot[], castSoFar: number): Place[] {
  const absent = meanWeight(reading) * omissionWeight;
  const aligned = alignment(
    places.map(winner),
    reading.map((ballot) => ballot.character),
  );
  return aligned.map(([row, column]) => {
    const place = places[row] ?? { votes: new Map([["", castSoFar * omissionWeight]]) };
    const ballot = reading[column] ?? { character: "", weight: absent };
    return withVote(place, ballot.character, ballot.weight);
  });
}

/** Pairs of indices in order; -1 where one side has nothing to set against the other. */
function alignment(from: readonly string[], to: readonly string[]): (readonly [number, number])[] {
  const distances = editDistances(from, to);
  const width = to.length + 1;
  const distance = (row: number, column: number) =>
    row < 0 || column < 0 ? Number.POSITIVE_INFINITY : (distances[row * width + column] ?? 0);
  const pairs: (readonly [number, number])[] = [];
  let [row, column] = [from.length, to.length];
  while (row > 0 || column > 0) {
    const here = distance(row, column);
    const changed = from[row - 1] === to[column - 1] ? 0 : 1;
    if (here === distance(row - 1, column - 1) + changed) {
      row -= 1;
      column -= 1;
      pairs.push([row, column]);
    } else if (here === distance(row - 1, column) + 1) {
      row -= 1;
      pairs.push([row, -1]);
    } else {
      column -= 1;
      pairs.push([-1, column]);
    }
  }
  return pairs.reverse();
}

function withVote(place: Place, character: string, weight: number): Place {
  const votes = new Map(place.votes);
  votes.set(character, (votes.get(character) ?? 0) + weight);
  return { votes };
}

function meanWeight(ballots: readonly Ballot[]): number {
  return ballots.reduce((sum, ballot) => sum + ballot.weight, 0) / Math.max(1, ballots.length);
}

/** Levenshtein distances of every prefix of `from` (rows) to every prefix of `to` (columns), row by row. */
function editDistances(from: readonly string[], to: readonly string[]): Uint16Array {
  const width = to.length + 1;
  const distances = new Uint16Array((from.length + 1) * width);
  for (let column = 0; column < width; column++) distances[column] = column;
  for (let row = 1; row <= from.length; row++) {
    distances[row * width] = row;
    for (let column = 1; column < width; column++) {
      const changed = from[row - 1] === to[column - 1] ? 0 : 1;
      distances[row * width + column] = Math.min(
        (distances[(row - 1) * width + column - 1] ?? 0) + changed,
        (distances[(row - 1) * width + column] ?? 0) + 1,
        (distances[row * width + column - 1] ?? 0) + 1,
      );
    }
  }
  return distances;
}
