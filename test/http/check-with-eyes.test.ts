import { expect, test } from "vitest";
import { openPaintedEyes } from "../fakes/painted-eyes.ts";
import { openWebWorld } from "./web-world.ts";

test("where a model sees, it is asked whether the picture shows what was searched for", async () => {
  const eyes = openPaintedEyes();
  await using world = await openWebWorld({ chatModel: async () => eyes });
  const moment = { id: await world.idOf("red <b>.png"), source: "frame" };
  const verdict = async (query: string) => (await world.post("/check", { ...moment, query })).json();
  expect(await verdict("something red")).toEqual({ id: moment.id, check: "pixels" });
  expect(await verdict("something blue")).toEqual({ id: moment.id, check: "failed" });
  expect(eyes.requests).toHaveLength(2);
  // Nothing was searched for in words: the picture is compared with the index alone.
  expect(await (await world.post("/check", moment)).json()).toEqual({ id: moment.id, check: "pixels" });
  expect(eyes.requests).toHaveLength(2);
});
