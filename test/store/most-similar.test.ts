import { expect, test } from "vitest";
import { lengthOf, mostSimilar } from "../../src/store/most-similar.ts";

function measured(name: string, ...numbers: readonly number[]) {
  const vector = numbers.length === 0 ? null : Float32Array.from(numbers);
  return { name, vector, length: lengthOf(vector) };
}

test("the most similar come first, whatever their length, and no more than the limit", () => {
  const query = Float32Array.from([2, 0, 0, 0, 0]);
  const values = [
    measured("away", -1, 0, 0, 0, 0),
    measured("aslant", 3, 0, 0, 0, 4),
    measured("same", 9, 0, 0, 0, 0),
    measured("across", 0, 0, 0, 0, 1),
  ];
  const found = mostSimilar(query, values, 10).map(({ value, score }) => [value.name, score]);
  expect(found).toEqual([
    ["same", 1],
    ["aslant", 0.6],
    ["across", 0],
    ["away", -1],
  ]);
  expect(mostSimilar(query, values, 2).map(({ value }) => value.name)).toEqual(["same", "aslant"]);
  expect(mostSimilar(query, values, 0)).toEqual([]);
});

test("equals at the limit keep their order", () => {
  const values = ["a", "b", "c", "d"].map((name) => measured(name, 1, 1));
  const found = mostSimilar(Float32Array.from([1, 1]), values, 3);
  expect(found.map(({ value }) => value.name)).toEqual(["a", "b", "c"]);
});

test("what has no vector, or no direction, is like nothing", () => {
  const query = Float32Array.from([1, 0]);
  expect(mostSimilar(query, [measured("none"), measured("zero", 0, 0)], 5)).toEqual([]);
  expect(mostSimilar(new Float32Array(2), [measured("any", 1, 0)], 5)).toEqual([]);
});
