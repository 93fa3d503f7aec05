import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { openLanceStore } from "../../src/store/lance.ts";
import { storeContract } from "../contracts/store.ts";
import { contractDimensions } from "../contracts/store-items.ts";
import { openMemoryStore } from "../fakes/memory-store.ts";

let folder = "";
let opened = 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "sightline-store-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

storeContract("memory", async () => openMemoryStore());

const openEmpty = (options: { readonly heldAfter?: number }) => {
  opened += 1;
  const space = { space: "contract", dimensions: contractDimensions };
  return openLanceStore(path.join(folder, `library ${opened}'s`), space, options);
};

storeContract("LanceDB", () => openEmpty({ heldAfter: Number.POSITIVE_INFINITY }));

storeContract("LanceDB with its rows in memory", () => openEmpty({ heldAfter: 1 }));
