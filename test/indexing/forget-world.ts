import path from "node:path";
import { type ForgetOptions, type Forgotten, forgetMedia } from "../../src/indexing/forget-media.ts";
import { openLanceStore } from "../../src/store/lance.ts";
import type { MediaStore } from "../../src/store/media-store.ts";
import { openMeanEncoder } from "../fakes/mean-encoder.ts";
import { type Fixture, openFixture } from "./library-fixture.ts";

export interface ForgetWorld extends Fixture {
  forget(names: readonly string[], over?: Partial<ForgetOptions>): Promise<Forgotten>;
  /** Paths below the root that the index names, in order. */
  held(): Promise<string[]>;
}

/** The fixture of indexing, on a real index: in its library's folder, or at `place`. Names are below its root. */
export async function openForgetWorld(place?: string): Promise<ForgetWorld> {
  const fixture = await openFixture();
  const { root, libraryDirectory } = fixture;
  const store: MediaStore = await openLanceStore(place ?? libraryDirectory, openMeanEncoder());
  return {
    ...fixture,
    store,
    index: (over = {}, signal) =>
      fixture.index({ store, ...(place ? { sharedIndex: place } : {}), ...over }, signal),
    forget: (names, over = {}) => {
      const paths = names.map((name) => path.resolve(root, name));
      const nothing = async () => undefined;
      const parts = { stores: [store], libraryDirectory, dropCaches: nothing, takeStock: nothing };
      return forgetMedia({ paths, ...parts, ...over }, new AbortController().signal);
    },
    held: async () => {
      const items = await store.list({ limit: 1_000 });
      const places = items.flatMap((item) => [item, ...(item.copies ?? [])]);
      return places.map((found) => path.relative(root, found.path)).sort((a, b) => a.localeCompare(b));
    },
    [Symbol.asyncDispose]: async () => {
      await store[Symbol.asyncDispose]();
      await fixture[Symbol.asyncDispose]();
    },
  };
}
