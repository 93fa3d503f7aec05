import { defineConfig } from "vitest/config";

/** The page in a real browser; not part of `npm test`, as it wants Chromium and an indexed demo library. */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.browser.ts"],
    globalSetup: ["test/build-first.ts", "test/browser/serve-demo.ts"],
    testTimeout: 60_000,
    fileParallelism: false,
  },
});
