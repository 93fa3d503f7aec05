import { testClient } from "hono/testing";
import { afterAll, beforeAll, expect, expectTypeOf, test } from "vitest";
import type { z } from "zod";
import type { checkAnswer, healthAnswer, itemAnswer, searchAnswer } from "../../src/http/answer-schemas.ts";
import type { openClient } from "../../src/http/client.ts";
import type { jobAnswer, libraryAnswer } from "../../src/http/library-answers.ts";
import type { completionAnswer, embeddingsAnswer, modelsAnswer } from "../../src/http/openai-answers.ts";
import type { ApiRoutes } from "../../src/http/web-app.ts";
import { openWebWorld, type WebWorld } from "./web-world.ts";

type Client = ReturnType<typeof openClient>;
/** What the typed client says that a route answers. */
type Answer<Route extends (...args: never[]) => Promise<{ json(): Promise<unknown> }>> = Awaited<
  ReturnType<Awaited<ReturnType<Route>>["json"]>
>;
type Item = Client["media"][":id"]["$get"];

let world: WebWorld;
let client: Client;
beforeAll(async () => {
  world = await openWebWorld();
  client = testClient<ApiRoutes>(world.web as unknown as ApiRoutes);
});
afterAll(() => world[Symbol.asyncDispose]());

test("the typed client's answers are those of the description", () => {
  expectTypeOf<Answer<Client["health"]["$get"]>>().toExtend<z.output<typeof healthAnswer>>();
  expectTypeOf<Answer<Client["search"]["$post"]>["hits"][number]["name"]>().toEqualTypeOf<string>();
  expectTypeOf<z.output<typeof searchAnswer>>().toExtend<Answer<Client["search"]["$post"]>>();
  expectTypeOf<z.output<typeof itemAnswer>>().toExtend<Answer<Item>>();
  expectTypeOf<z.output<typeof checkAnswer>>().toExtend<Answer<Client["check"]["$post"]>>();
  expectTypeOf<z.output<typeof libraryAnswer>>().toExtend<Answer<Client["library"]["$get"]>>();
  expectTypeOf<z.output<typeof jobAnswer>>().toExtend<Answer<Client["library"]["$post"]>>();
  expectTypeOf<z.output<typeof modelsAnswer>>().toExtend<Answer<Client["v1"]["models"]["$get"]>>();
  expectTypeOf<z.output<typeof embeddingsAnswer>>().toExtend<Answer<Client["v1"]["embeddings"]["$post"]>>();
});

test("the typed client sends what the routes take, as JSON and as a form", async () => {
  const found = await client.search.$post({ json: { text: "boiler", limit: 1 } });
  expect((await found.json()).hits.map(({ name }) => name)).toEqual(["boiler.md"]);
  const form = await client.search.$post({ form: { text: "boiler", limit: "1" } });
  expect((await form.json()).hits.map(({ name }) => name)).toEqual(["boiler.md"]);
  // @ts-expect-error: the limit is a number
  expect((await client.search.$post({ json: { text: "boiler", limit: ["one"] } })).status).toBe(400);
  const began = await client.library.$post({ json: { paths: [world.media] } });
  expectTypeOf(began.status).toEqualTypeOf<202>();
  expect(began.status).toBe(202);
  const { job } = await began.json();
  const stopped = await client.library.jobs[":id"].$delete({ param: { id: job.id } });
  expect((await stopped.json()).job.id).toBe(job.id);
});

test("the typed client asks in OpenAI's form and in our own", async () => {
  const messages = [{ role: "user" as const, content: "when was the boiler serviced?" }];
  const completion = await client.v1.chat.completions.$post({ json: { messages } });
  const { choices } = await completion.json();
  expectTypeOf<z.output<typeof completionAnswer>["choices"]>().toExtend<typeof choices>();
  expect(choices[0]?.message.content).toContain("boiler.md");
  const stream = await client.ask.$post({ json: { question: "when was the boiler serviced?" } });
  expect(stream.headers.get("content-type")).toContain("text/event-stream");
  await stream.body?.cancel();
});
