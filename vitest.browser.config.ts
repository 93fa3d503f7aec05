import { defineConfig } from "vitest/config";

/** The page in a real browser; not part of `npm test`, as it wants Chromium and an indexed demo library. */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.browser.ts"],
    globalSetup: ["test/build-first.ts", "test/browser/serve-demo.ts"],
    testTimeout: 60_000,
    // A browser on a busy machine takes its time.
    expect: { poll: { timeout: 15_000 } },
    fileParallelism: false,
  },
});
