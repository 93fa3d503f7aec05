import { afterAll, beforeAll } from "vitest";
import { openLanceStore } from "../../src/store/lance.ts";
import { storeContract } from "../contracts/store.ts";
import { contractDimensions } from "../contracts/store-items.ts";
import { openTestPlace, type TestPlace } from "./test-place.ts";

let place: TestPlace;

beforeAll(async () => {
  place = await openTestPlace();
});

afterAll(() => place[Symbol.asyncDispose]());

storeContract("LanceDB on an object store", () =>
  openLanceStore(place.fresh(), { space: "contract", dimensions: contractDimensions }),
);
