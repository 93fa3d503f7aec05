import type { ColourName } from "../media/colour-name.ts";
import type { DemoQuestion, ExpectedPlace } from "./question.ts";
import type { DemoTruth, TrueVisit } from "./truth.ts";

const chineseColours: Readonly<Record<ColourName, string>> = {
  black: "黑色",
  white: "白色",
  grey: "灰色",
  red: "红色",
  orange: "橙色",
  yellow: "黄色",
  green: "绿色",
  blue: "蓝色",
  purple: "紫色",
  pink: "粉色",
  brown: "棕色",
};

/** Colours that only one thing in the whole library moves about in, in the order of the cars. */
function ownColours({ street, room }: DemoTruth): readonly TrueVisit[] {
  const worn = new Set(room.visits.map((visit) => visit.colour));
  return street.cars.filter((car) => !worn.has(car.colour));
}

export function askCars(truth: DemoTruth): DemoQuestion[] {
  const { street } = truth;
  const whole = (visit: TrueVisit): ExpectedPlace => ({
    file: street.file,
    startMs: visit.startMs,
    endMs: visit.endMs,
  });
  const all = street.cars.map(whole);
  const [car, other = car] = ownColours(truth);
  if (!car || !other) throw new Error("Every car shares its colour with a person");
  const [first, second] = street.cars;
  if (!first || !second) throw new Error("Fewer than two cars drive by");
  const last = street.cars.reduce((latest, each) => (each.startMs > latest.startMs ? each : latest));
  const still = street.cars[street.still.car] ?? first;
  const fromLeft = street.cars.filter((each) => each.from === "left");
  const count = String(street.cars.length);
  const ask = { kind: "ask", language: "en" } as const;
  return [
    {
      ...ask,
      id: "car-colour",
      text: `When does the ${car.colour} car pass?`,
      expect: { places: [whole(car)], rule: "only", says: [[car.colour]] },
    },
    {
      ...ask,
      id: "car-colour-zh",
      language: "zh",
      text: `${chineseColours[other.colour]}的车什么时候出现?`,
      expect: { places: [{ file: street.file, startMs: other.startMs }], rule: "only", says: [] },
    },
    {
      ...ask,
      id: "car-count",
      text: "How many cars pass?",
      expect: { places: all, rule: "only", says: [[count, numberWords[street.cars.length] ?? count]] },
    },
    {
      ...ask,
      id: "car-second",
      after: "car-count",
      text: "When does the second one come?",
      expect: { places: [{ file: street.file, startMs: second.startMs }], rule: "first", says: [] },
    },
    {
      ...ask,
      id: "car-which",
      after: "car-second",
      text: `Which of them is ${last.colour}?`,
      expect: { places: [{ file: street.file, startMs: last.startMs }], rule: "only", says: [[last.colour]] },
    },
    {
      ...ask,
      id: "car-first-zh",
      language: "zh",
      in: street.file,
      text: `${chineseColours[first.colour]}的车什么时候经过?`,
      expect: { places: [whole(first)], rule: "only", says: [] },
    },
    {
      ...ask,
      id: "car-next-zh",
      language: "zh",
      in: street.file,
      after: "car-first-zh",
      text: "那之后呢?",
      expect: { places: [{ file: street.file, startMs: second.startMs }], rule: "any-order", says: [] },
    },
    {
      ...ask,
      id: "enter-left",
      in: street.file,
      text: "When does something enter from the left?",
      expect: {
        places: fromLeft.map(({ startMs }) => ({ file: street.file, startMs })),
        rule: "only",
        says: [],
      },
    },
    {
      kind: "search",
      language: "en",
      id: "still",
      text: `(a still of the ${still.colour} car)`,
      image: street.still.query,
      expect: {
        places: [{ file: street.file, atMs: street.still.timeMs, during: still }],
        rule: "first",
        says: [],
      },
    },
  ];
}

const numberWords = ["none", "one", "two", "three", "four", "five", "six", "seven"];

export function askPeople({ room }: DemoTruth): DemoQuestion[] {
  const entries = room.visits.map(({ startMs }) => ({ file: room.file, startMs }));
  return [
    {
      kind: "ask",
      language: "en",
      id: "person-enters",
      text: "When does someone enter the room?",
      expect: { places: entries, rule: "only", says: [] },
    },
    {
      kind: "ask",
      language: "zh",
      id: "person-enters-zh",
      in: room.file,
      text: "什么时候有人进来?",
      expect: { places: entries, rule: "only", says: [] },
    },
  ];
}

/** Things that are nowhere: the answer says so with what was examined, and may at most point at what does move. */
export function askMissing({ street, room, screen, talk }: DemoTruth): DemoQuestion[] {
  const movers = [
    ...street.cars.map(({ startMs }) => ({ file: street.file, startMs })),
    ...room.visits.map(({ startMs }) => ({ file: room.file, startMs })),
    { file: screen.file },
    { file: talk.file },
  ];
  const expect = { places: [], rule: "only", tolerated: movers } as const;
  return [
    {
      kind: "ask",
      language: "en",
      id: "no-bus",
      in: street.file,
      text: "Is there a bus?",
      expect: { ...expect, says: [["cannot tell", "not found"], ["examined"]], never: ["Yes"] },
    },
    {
      kind: "ask",
      language: "en",
      id: "no-giraffe",
      text: "Is there a giraffe?",
      expect: { ...expect, says: [["cannot tell", "not found"], ["examined"]], never: ["Yes"] },
    },
    {
      kind: "ask",
      language: "zh",
      id: "no-giraffe-zh",
      text: "有长颈鹿吗?",
      expect: { ...expect, says: [["无法", "不能", "没有找到"], ["检查"]] },
    },
  ];
}
