import { expect, test } from "vitest";
import { Failure } from "../../src/media/failure.ts";
import { timeSpan } from "../../src/media/span.ts";
import { keepBounds } from "../../src/retrieval/kept-bounds.ts";
import { momentOf } from "../../src/retrieval/moment.ts";
import { refineMoment } from "../../src/retrieval/refine-moment.ts";
import { eventSegment, neverAborted } from "./colour-world.ts";
import { encoder, pictures, street } from "./search-world.ts";

const event = { track: 2, kind: "enters", side: "top", startMs: 30_000, endMs: 30_800 } as const;
const hit = { item: street, segment: eventSegment(street, event), score: 1 };
const moment = momentOf([hit], timeSpan(30_000, 30_800));

test("the same moment is decoded once for all searches; an unreadable file again and again", async () => {
  let read = 0;
  const disk = new Set<string>();
  const counting: typeof pictures = {
    ...pictures,
    framesBetween: (...given) => {
      read += 1;
      if (disk.has(street.id)) return pictures.framesBetween(...given);
      throw new Failure({ code: "not-mounted", message: "The disk is away.", remedy: "Plug it in." });
    },
  };
  const deps = { encoder, pictures: counting, bounds: keepBounds() };
  const refine = (one = moment) => refineMoment(deps, one, undefined, neverAborted);
  expect((await refine()).span).toEqual(moment.span);
  expect((await refine()).span).toEqual(moment.span);
  expect(read).toBe(2);
  disk.add(street.id);
  const exact = await refine();
  expect(read).toBe(3);
  expect(await refine()).toEqual(exact);
  expect(read).toBe(3);
  await refine({ ...moment, item: { ...street, modifiedAt: street.modifiedAt + 1 } });
  expect(read).toBe(4);
});
