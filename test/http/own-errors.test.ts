import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { ChatModel } from "../../src/chat/chat-model.ts";
import { Failure } from "../../src/media/failure.ts";
import { openWebWorld, type WebWorld } from "./web-world.ts";

const inside = "Cannot read properties of /home/anna/secret.ts";
let thrown: Error;
const broken: ChatModel = {
  name: "broken",
  runsOn: "a test",
  contextTokens: 100_000,
  accepts: new Set(["text"]),
  // biome-ignore lint/correctness/useYield: it breaks before it says anything
  async *stream() {
    throw thrown;
  },
  [Symbol.asyncDispose]: async () => undefined,
};

let world: WebWorld;
beforeAll(async () => {
  world = await openWebWorld({ chatModel: async () => broken });
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => world.errors.splice(0));

const chat = { messages: [{ role: "user", content: "who enters?" }] };
const asked: readonly (readonly [string, object])[] = [
  ["/ask", { question: "who enters?" }],
  ["/v1/chat/completions", chat],
  ["/v1/chat/completions", { ...chat, stream: true }],
];

test.each(asked)(
  "POST %s %o tells a bug as one, and its inside to the terminal alone",
  async (route, body) => {
    thrown = new TypeError(inside);
    const text = await (await world.post(route, body)).text();
    expect(text).toContain("Sightline met an error of its own.");
    expect(text).not.toContain("anna");
    expect(world.errors).toEqual([thrown]);
  },
);

test.each(asked)("POST %s %o says what a person can do about a failure", async (route, body) => {
  thrown = new Failure({ code: "unavailable", message: "The model is away.", remedy: "Start it." });
  const text = await (await world.post(route, body)).text();
  expect(text).toContain("The model is away.");
  expect(text).toContain("Start it.");
  expect(world.errors).toEqual([]);
});
