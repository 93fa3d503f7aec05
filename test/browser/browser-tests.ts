import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, inject } from "vitest";
import { findChromium, openBrowser, type Site, type Visit, visitPage } from "./site.ts";

/** The demo library that is served for all browser tests. */
export const site: Site = inject("site") ?? { address: "", library: "", files: "" };

/** Opens a page, of the site if nothing else is said, in a context of its own. */
export type OpenPage = (hash?: string, options?: BrowserContextOptions, address?: string) => Promise<Visit>;

/** Tests in one browser; skipped where there is none. */
export function describeInBrowser(name: string, tests: (visit: OpenPage) => void): void {
  const chromium = findChromium();
  describe.skipIf(!chromium)(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await openBrowser(chromium ?? "");
    });
    afterAll(() => browser.close());
    tests((hash = "", options = {}, address = site.address) =>
      visitPage(browser, `${address}/${hash}`, options),
    );
  });
}
