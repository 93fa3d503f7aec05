import { beforeAll, describe, expect, test } from "vitest";
import { startConversation } from "../../src/agent/conversation.ts";
import { readQuestion } from "../../src/chat/builtin/question.ts";
import type { MediaItem } from "../../src/media/media-item.ts";
import { pageSpan, timeSpan, wholeSpan } from "../../src/media/span.ts";
import type { MediaStore } from "../../src/store/media-store.ts";
import {
  eventSegment,
  frameSegments,
  mediaItem,
  openColourEncoder,
  type Paint,
  textSegment,
} from "../retrieval/colour-world.ts";
import { openSampleLibrary, type SampleLibrary } from "./sample-library.ts";

const road = mediaItem("road.mp4", { durationMs: 60_000 });
const room = mediaItem("room.mp4", { durationMs: 40_000 });
const talk = mediaItem("talk.mp4", { durationMs: 40_000 });
const sign = mediaItem("sign.jpg", { kind: "image" });
const wall = mediaItem("wall.jpg", { kind: "image" });
const notes = mediaItem("notes.pdf", { kind: "document", pages: 3 });

const paintOf: Readonly<Record<string, Paint>> = { [sign.id]: "green", [wall.id]: "blue" };

function visit(
  item: MediaItem,
  track: number,
  colour: "red" | "blue" | "green",
  startMs: number,
  endMs: number,
) {
  const shared = { track, colour, presence: { startMs, endMs } };
  return [
    eventSegment(item, { ...shared, kind: "enters", side: "left", startMs, endMs: startMs + 500 }),
    eventSegment(item, { ...shared, kind: "moves", side: "left", towards: "right", startMs, endMs }),
    eventSegment(item, { ...shared, kind: "leaves", side: "right", startMs: endMs - 500, endMs }),
  ];
}

async function fill(store: MediaStore): Promise<void> {
  const encoder = openColourEncoder();
  await store.put(road, [...visit(road, 0, "red", 4000, 9000), ...visit(road, 1, "green", 8000, 12_000)]);
  await store.put(room, [
    ...visit(room, 0, "blue", 5000, 10_000),
    ...visit(room, 1, "red", 15_000, 20_000),
    ...visit(room, 2, "green", 25_000, 30_000),
    textSegment(room, "room length 0:40.0", { source: "metadata", span: wholeSpan }),
  ]);
  await store.put(talk, [
    textSegment(talk, "All tea comes from one plant.", { source: "subtitle", span: timeSpan(3000, 7000) }),
    textSegment(talk, "Green tea wants 86 degrees.", { source: "subtitle", span: timeSpan(21_000, 25_000) }),
  ]);
  await store.put(sign, [
    ...(await frameSegments(encoder, { ...sign, durationMs: 1 }, () => [paintOf[sign.id] ?? "grey"])),
    textSegment(sign, "中山东路 ZHONGSHAN DONGLU"),
  ]);
  await store.put(wall, await frameSegments(encoder, { ...wall, durationMs: 1 }, () => ["blue"]));
  await store.put(notes, [
    textSegment(notes, "Hotel Meridian, room 268.", { source: "text", span: pageSpan(1) }),
    textSegment(notes, "Invoice Posters Total EUR 120.50", { source: "text", span: pageSpan(2) }),
    textSegment(notes, "Invoice Paint Total EUR 80.00", { source: "text", span: pageSpan(3) }),
  ]);
}

let library: SampleLibrary;
beforeAll(async () => {
  library = await openSampleLibrary(fill);
});
const answer = async (question: string) => (await library.ask(question)).end.answer;
async function follow(...questions: readonly string[]) {
  const conversation = startConversation();
  let last = await library.ask(questions[0] ?? "", conversation);
  for (const question of questions.slice(1)) last = await library.ask(question, conversation);
  return last;
}

const inRoom = ["room.mp4 5000-10000", "room.mp4 15000-20000", "room.mp4 25000-30000"];

describe("what is seen", () => {
  test("a street named after a mountain is no picture of one", async () => {
    for (const question of ["show me pictures of mountains", "山的照片"]) {
      const { end, cited } = await library.ask(question);
      expect(cited).toEqual([]);
      expect(end.answer).toMatch(/^(?:Not found|没有找到)/);
      expect(end.answer).toMatch(/no picture word for "mountain"|没有“山”对应的图像词/);
    }
  });

  test("what is merely blue is no blue door, and is shown as no more than that", async () => {
    const { end, cited } = await library.ask("blue door");
    expect(end.answer).toMatch(/^Not found: "blue" "door"\./);
    expect(end.answer).toMatch(/no picture word for "door"/);
    expect(end.answer).toMatch(/merely "blue"/);
    expect(cited).toEqual(["wall.jpg"]);
  });

  test("a text about green tea is no answer to a green forest", async () => {
    const { end, cited } = await library.ask("green forest");
    expect(end.answer).toMatch(/^Not found/);
    expect(cited.some((place) => place.startsWith("talk.mp4"))).toBe(false);
  });

  test("nothing examined is not called an empty library", async () => {
    const { end } = await library.ask("show me pictures of mountains from 2019");
    expect(end.answer).not.toMatch(/library is empty/);
  });

  test("a file asked for by name tells what moves in it, and owns up to not seeing", async () => {
    for (const question of [
      "what do you see in room.mp4?",
      "what is in room.mp4?",
      "视频room.mp4里有什么?",
    ]) {
      const { end, cited } = await library.ask(question);
      expect(end.answer).toMatch(/^(?:What is to be seen there I cannot tell|无法判断画面显示的内容)/);
      expect(cited).toEqual([...inRoom, "room.mp4"]);
    }
    const { end, cited } = await library.ask("what's in the picture sign.jpg?");
    expect(end.answer).toContain("中山东路");
    expect(cited).toContain("sign.jpg");
  });
});

describe("who is there", () => {
  test("is answered by what moves there, not by texts in which the place is written", async () => {
    for (const question of ["who is in the room?", "谁在房间里?"]) {
      const { end, cited } = await library.ask(question);
      expect(cited).toEqual(inRoom);
      expect(end.answer).toMatch(/Who or what that is I cannot tell|无法判断那是谁/);
    }
  });

  test("at a moment means those who are there in that second", async () => {
    expect((await library.ask("is anyone in the room at 0:17?")).cited).toEqual(["room.mp4 15000-20000"]);
    const empty = await answer("is anyone in the room at 0:12?");
    expect(empty).toMatch(/^Not found: no moving object/);
    expect(empty).toMatch(/At other times/);
  });

  test("and when nobody is, tells the times beside which nothing moves", async () => {
    for (const question of ["when is the room empty?", "房间里什么时候没有人?"]) {
      const { end, cited } = await library.ask(question);
      expect(cited).toEqual(inRoom);
      expect(end.answer).toMatch(/^(?:Outside these times nothing moves|据我所知,除以下时间外)/);
    }
  });

  test("in a place that no file is named after is not claimed", async () => {
    const told = await answer("is anyone in the kitchen?");
    expect(told).toMatch(/^No file with moving objects is named after "kitchen"/);
    expect(told).not.toMatch(/^Yes/m);
  });

  test("doing what movement cannot show is not claimed", async () => {
    const told = await answer("does someone juggle in the room?");
    expect(told).toMatch(/"juggle".*cannot judge by movement/);
    expect(told).not.toMatch(/^Yes/m);
  });

  test("first is the first of all, not one of an earlier answer", async () => {
    expect((await library.ask("who enters the room first?")).cited).toEqual(["room.mp4 5000-5500"]);
  });
});

describe("counts and order", () => {
  test("at the same time means those that share the picture", async () => {
    for (const question of ["when are two cars there at the same time?", "两辆车同时出现是什么时候?"]) {
      const { end, cited } = await library.ask(question);
      expect(cited).toEqual(["road.mp4 4000-9000", "road.mp4 8000-12000"]);
      expect(end.answer).toMatch(/^2 (?:moving objects share|个移动物体与)/);
    }
    expect(await answer("are two people in the room at the same time?")).toMatch(
      /no two moving objects are in the picture at the same time/,
    );
  });

  test("the second after the first is asked for anew", async () => {
    const second = await follow("when does the first person leave the room?", "and the second?");
    expect(second.cited).toEqual(["room.mp4 19500-20000"]);
    const chinese = await follow("第一辆车是什么颜色?", "第二辆呢?");
    expect(chinese.cited).toEqual(["road.mp4 8000-12000"]);
  });

  test("another file asks the same of that file", async () => {
    const { cited } = await follow("when does the red car pass?", "in room.mp4?");
    expect(cited).toEqual(["room.mp4 15000-20000"]);
  });

  test("sums of several bills are listed, not guessed", async () => {
    for (const question of ["what did I pay in total?", "how much do I have to pay?", "一共要付多少钱?"]) {
      const { cited, errors } = await library.ask(question);
      expect(errors).toEqual([]);
      expect(cited.toSorted()).toEqual(["notes.pdf p2", "notes.pdf p3"]);
    }
  });
});

test("what is said at a moment is what is said in that second", async () => {
  const { cited } = await library.ask("what did the speaker say at 0:22?");
  expect(cited).toEqual(["talk.mp4 21000-25000"]);
});

test("a file's name ends where Chinese goes on, and begins where it ends; its letters do not choose the language", () => {
  const read = (text: string) => readQuestion(text, new Date("2026-11-24"));
  expect(read("视频street.mp4里有什么?").fileNames).toEqual(["street.mp4"]);
  expect(read("路牌-sign.jpg上写了什么?").fileNames).toEqual(["路牌-sign.jpg"]);
  expect(read("what is in 路牌-sign.jpg?").language).toBe("en");
});
