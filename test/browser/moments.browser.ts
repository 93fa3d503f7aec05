import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Page, Response } from "playwright-core";
import { expect, test } from "vitest";
import { linkOf } from "../../src/http/answer-links.ts";
import type { MediaId } from "../../src/media/media-item.ts";
import { describeInBrowser, site } from "./browser-tests.ts";
import { currentSeconds, dropFile, isPaused } from "./site.ts";
import { startServer } from "./start-server.ts";

const mediaIdOf = async (name: string): Promise<string> => {
  const { items } = (await (await fetch(`${site.address}/media`)).json()) as {
    items: { id: string; name: string }[];
  };
  return items.find((item) => item.name === name)?.id ?? "";
};

const drop = async (page: Page, name: string, type: string, file: string) =>
  dropFile(page, name, type, await readFile(path.join(site.files, file)));

describeInBrowser("moments on the page", (visit) => {
  test("a hit says why it matched, is tested when it is seen, and tells its verdict", async () => {
    await using seen = await visit("#q=red+car");
    const { page } = seen;
    const first = page.locator(".results .card").first();
    await first.locator(".verdict.pixels").waitFor();
    expect(await first.locator(".verdict").textContent()).toBe("checked in the picture");
    expect(await first.locator(".why .tag").textContent()).toMatch(/happens here/);
    expect(await first.locator(".why .quote").textContent()).toMatch(/^Something red /);
    await page.goto(`${site.address}/#q=red&kind=image`);
    const alike = page.locator(".results .card", { hasText: ".jpg" }).first();
    await alike.scrollIntoViewIfNeeded();
    await alike.locator(".verdict.pixels").waitFor();
    expect(await alike.locator(".verdict").textContent()).toBe("likeness checked");
    await page.goto(`${site.address}/#q=invoice+March&kind=document`);
    const written = page.locator(".results .card").first();
    await written.locator(".verdict.text, .verdict.pixels").waitFor();
    expect((await written.locator(".why mark").first().textContent())?.toLowerCase()).toMatch(/invoice|mar/);
    expect(seen.errors).toEqual([]);
  });

  test("cards that nobody sees are not tested, and a new search stops the tests of the old one", async () => {
    await using seen = await visit("", { viewport: { width: 360, height: 640 } });
    const { page } = seen;
    const asked = () => seen.requests.filter((url) => url.endsWith("/check")).length;
    await page.route("**/check", () => undefined);
    await page.goto(`${site.address}/#q=red`);
    await page.locator(".results .verdict.checking").first().waitFor();
    await expect.poll(asked).toBeGreaterThan(0);
    expect(asked()).toBeLessThanOrEqual(2);
    const stopped = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/check"));
    await page.goto(`${site.address}/#q=zeppelin`);
    expect((await stopped).failure()?.errorText).toBe("net::ERR_ABORTED");
  });

  test("on a Chinese page events are told in Chinese, in hits as in the sources of an answer", async () => {
    await using seen = await visit("#q=红色的车", { locale: "zh-CN" });
    const { page } = seen;
    const quote = page.locator(".results .card .quote").first();
    await quote.waitFor();
    expect(await quote.textContent()).toMatch(/^红色物体/);
    await page.fill("#words", "什么时候有人进入房间？");
    await page.press("#words", "Enter");
    const source = page.locator(".sources .card .quote").first();
    await source.waitFor();
    expect(await source.textContent()).toMatch(/物体.*进入$/);
  });

  test("a link to a moment opens it on first load, at its time and marked on the timeline", async () => {
    const id = await mediaIdOf("room.mp4");
    const place = `#media=${encodeURIComponent(id)}&t=5.25,7.5`;
    await using seen = await visit(place);
    const { page } = seen;
    await expect.poll(() => currentSeconds(page).catch(() => 0)).toBe(5.25);
    expect(await isPaused(page)).toBe(true);
    const mark = page.locator(".timeline .hits .mark");
    expect(await mark.getAttribute("data-start-ms")).toBe("5250");
    expect(seen.errors).toEqual([]);
    // Another link in the same window: only what follows `#` changes, and nothing is loaded anew.
    await page.goto(`${site.address}/#media=${encodeURIComponent(id)}&t=9`);
    await expect.poll(() => currentSeconds(page)).toBe(9);
    await page.locator(".player video").waitFor();
  });

  test("where a token is needed, the link with it opens the moment in a browser that was never here", async () => {
    const server = await startServer(site.library, "--token", "a-long-secret");
    try {
      const span = { kind: "time", startMs: 5250, endMs: 7500 } as const;
      const mediaId = (await mediaIdOf("room.mp4")) as MediaId;
      await using seen = await visit("", {}, server.address);
      const { page } = seen;
      expect(await page.locator("body").textContent()).toContain("asks for its token");
      await page.goto(linkOf({ mediaId, span }, server.address, "a-long-secret"));
      await expect.poll(() => currentSeconds(page).catch(() => 0)).toBe(5.25);
      expect(new URL(page.url()).search).toBe("");
    } finally {
      await server.stop();
    }
  });

  test("a link to a page of a document opens that page", async () => {
    await using seen = await visit("#q=invoice&kind=document");
    const { page } = seen;
    await page.locator(".results .card:has(.time) .open").first().click();
    await page.locator(".paper:visible .sheet").waitFor();
    const name = (await page.locator("#viewer h2").textContent()) ?? "";
    await page.goto("about:blank");
    await page.goto(`${site.address}/#media=${encodeURIComponent(await mediaIdOf(name))}&page=2`);
    await page.locator(".page-number", { hasText: "Page 2 of" }).waitFor();
  });

  test("on a narrow page a document opens at its head, and stays there when its picture comes", async () => {
    await using seen = await visit("#q=invoice&kind=document", { viewport: { width: 360, height: 740 } });
    const { page } = seen;
    await page.route("**/page/*?w=1400", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    await page.locator(".results .card .open").first().click();
    const came = () =>
      page.locator(".sheet").evaluate((sheet: { naturalWidth: number }) => sheet.naturalWidth);
    await expect.poll(came).toBeGreaterThan(0);
    const { y = Number.NaN } = (await page.locator("#viewer").boundingBox()) ?? {};
    expect(Math.abs(y)).toBeLessThan(20);
  });

  test("a dropped clip is searched by at once, and a question about it takes it along", async () => {
    await using seen = await visit();
    const { page } = seen;
    const searched = page.waitForRequest("**/search");
    await drop(page, "clip.mp4", "video/mp4", "media/videos/room.mp4");
    expect((await searched).headers()["content-type"]).toMatch(/^multipart\/form-data/);
    expect(await page.locator("#attachment").textContent()).toContain("Clip: clip.mp4");
    await page.fill("#words", "what happens here?");
    const asked = page.waitForRequest("**/ask");
    await page.press("#words", "Enter");
    expect((await asked).headers()["content-type"]).toMatch(/^multipart\/form-data/);
    expect(await page.locator(".turn .attachment").textContent()).toContain("clip.mp4");
    expect(await page.locator("#attachment").isHidden()).toBe(true);
    await page.locator(".sources .card").first().waitFor();
    expect(await page.locator(".sources .name").first().textContent()).toBe("room.mp4");
    expect(seen.errors).toEqual([]);
  });

  test("a picture dropped into a conversation waits for its question, which is a follow-up", async () => {
    await using seen = await visit();
    const { page } = seen;
    const first = page.waitForResponse("**/ask");
    await page.fill("#words", "when does someone enter the room?");
    await page.press("#words", "Enter");
    await page.locator(".answer .cite").first().waitFor();
    await drop(page, "car.jpg", "image/jpeg", "queries/car.jpg");
    expect(await page.locator("#attachment").textContent()).toContain("Picture: car.jpg");
    expect(await page.locator("body").getAttribute("data-view")).toBe("ask");
    expect(await page.locator("#words:focus").count()).toBe(1);
    const second = page.waitForResponse("**/ask");
    await page.keyboard.type("where is this?");
    await page.keyboard.press("Enter");
    const turn = page.locator(".turn").nth(1);
    await turn.locator(".sources .card").first().waitFor();
    expect(await turn.locator(".sources .name").first().textContent()).toBe("street.mp4");
    expect((await second).request().headers()["content-type"]).toMatch(/^multipart\/form-data/);
    const conversationOf = async (response: Response) =>
      /"type":"conversation","id":"([^"]+)"/.exec(await response.text())?.[1];
    expect(await conversationOf(await second)).toBe(await conversationOf(await first));
  });

  test("what was attached can be taken away again, and Search uses it together with words", async () => {
    await using seen = await visit();
    const { page } = seen;
    await page.fill("#words", "red");
    await drop(page, "car.jpg", "image/jpeg", "queries/car.jpg");
    expect(seen.requests.some((url) => url.endsWith("/search"))).toBe(false);
    const sent = page.waitForRequest("**/search");
    await page.locator("#search").click();
    expect((await sent).headers()["content-type"]).toMatch(/^multipart\/form-data/);
    await page.locator(".results h2", { hasText: "red + car.jpg" }).waitFor();
    await page.getByRole("button", { name: "Remove" }).click();
    expect(await page.locator("#attachment").isHidden()).toBe(true);
  });

  test("more like a result is one click away, on its picture", async () => {
    await using seen = await visit("#q=red+car");
    const { page } = seen;
    await page
      .locator(".results .card")
      .first()
      .getByRole("button", { name: "More like this frame" })
      .click();
    await page.locator(".results h2", { hasText: "Like street.mp4" }).waitFor();
    expect(await page.locator(".results .card .name").first().textContent()).toBe("street.mp4");
    expect(await page.title()).toBe("Like street.mp4 – Sightline");
    const address = page.url();
    expect(new URL(address).hash).toMatch(/^#like=.+&t=[\d.]+$/);
    await page.reload();
    await page.locator(".results h2", { hasText: "Like street.mp4" }).waitFor();
    expect(await page.locator(".results .card .name").first().textContent()).toBe("street.mp4");
    await page.goBack();
    await page.locator(".results h2", { hasText: "red car" }).waitFor();
    // As a bookmark in another window: what was found is the same, its name is not known there.
    await page.goto("about:blank");
    await page.goto(address);
    await page.locator(".results h2", { hasText: "More like this frame" }).waitFor();
    expect(await page.locator(".results .card .name").first().textContent()).toBe("street.mp4");
    expect(seen.errors).toEqual([]);
  });

  test("a library of many files shows some, the rest at wish, and its filter knows all of them", async () => {
    await using seen = await visit();
    const { page } = seen;
    const items = Array.from({ length: 300 }, (_, n) => ({
      id: `x${n}`,
      name: `note ${n}.md`,
      kind: "document",
      bytes: 1,
      modifiedAt: 0,
    }));
    await page.route("**/media?*", (route) => route.fulfill({ json: { items } }));
    await page.locator("#library-link").click();
    const cards = page.locator(".library .card");
    await cards.first().waitFor();
    expect(await cards.count()).toBe(120);
    await page.getByRole("button", { name: "Show more (180 left)" }).click();
    expect(await cards.count()).toBe(240);
    expect(await page.locator(".library .open:focus .name").textContent()).toBe("note 120.md");
    await page.fill(".filter", "note 299");
    expect(await cards.count()).toBe(1);
  });

  test("a reload where nothing is kept leads to the start, and not to an empty page", async () => {
    for (const hash of ["#results", "#ask"]) {
      await using seen = await visit(hash);
      await seen.page.locator(".home .card").first().waitFor();
      expect(new URL(seen.page.url()).hash).toBe("");
    }
  });
});
