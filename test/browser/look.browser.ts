import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { describeInBrowser, site } from "./browser-tests.ts";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const views: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  "the start": (page) => page.locator(".home .card").first().waitFor(),
  "results with a video": async (page) => {
    await page.fill("#words", "red car");
    await page.press("#words", "Enter");
    await page.locator(".results .card .open").first().click();
    await page.locator(".timeline").waitFor();
  },
  "a document at its page": async (page) => {
    await page.fill("#words", "invoice");
    await page.press("#words", "Enter");
    await page.locator(".results .card:has(.still.document) .open").first().click();
    await page.locator(".paper:visible").waitFor();
  },
  "an answer": async (page) => {
    await page.fill("#words", "when does someone enter the room?");
    await page.press("#words", "Enter");
    await page.locator(".sources .card").first().waitFor();
    await page.locator("summary:visible").first().click();
  },
  "a question with a clip": async (page) => {
    await page.setInputFiles("#file", path.join(site.files, "media/videos/street.mp4"));
    await page.fill("#words", "what happens here?");
    await page.locator("#ask").click();
    await page.locator(".sources .card").first().waitFor();
    await page.setInputFiles("#file", path.join(site.files, "queries/car.jpg"));
    await page.locator("#attachment img").waitFor();
  },
  "nothing found": async (page) => {
    await page.fill("#words", "zeppelin");
    await page.press("#words", "Enter");
    await page.locator(".nothing").waitFor();
  },
  "the library": async (page) => {
    await page.locator("#library-link").click();
    await page.locator(".library .card").first().waitFor();
  },
};

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

/** What axe finds against WCAG A and AA, one line a kind. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ content: axe });
  const run = `axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }).then((found) => found.violations)`;
  const found: readonly Violation[] = await page.evaluate(run);
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")} ${nodes[0]?.failureSummary ?? ""}`,
  );
}

const widths = [
  { width: 360, height: 780 },
  { width: 1280, height: 860 },
  { width: 2560, height: 1340 },
];

describeInBrowser("the look of the page", (visit) => {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [name, show] of Object.entries(views)) {
      test(`${name}, ${colorScheme}: meets WCAG AA and fits 360 to 2560 pixels`, async () => {
        // axe is injected as an inline script, which the page's own policy rightly refuses.
        await using seen = await visit("", {
          colorScheme,
          bypassCSP: true,
          reducedMotion: "reduce",
        });
        const { page } = seen;
        await show(page);
        expect(await violations(page)).toEqual([]);
        for (const size of widths) {
          await page.setViewportSize(size);
          const over = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
          expect([size.width, Math.max(0, Number(over))]).toEqual([size.width, 0]);
        }
        await page.setViewportSize({ width: 360, height: 780 });
        expect(await violations(page)).toEqual([]);
      });
    }
  }
});
