import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { describeInBrowser, site } from "./browser-tests.ts";
import { currentSeconds, dropFile, isPaused, pause, startSeconds } from "./site.ts";

describeInBrowser("the page in a browser", (visit) => {
  test("words find moments, and the one that is chosen plays from its start", async () => {
    await using seen = await visit();
    const { page } = seen;
    await page.fill("#words", "red car");
    await page.press("#words", "Enter");
    const first = page.locator(".results .card").first();
    await first.locator(".still.shown").waitFor();
    expect(await first.locator(".name").textContent()).toBe("street.mp4");
    expect(new URL(page.url()).hash).toBe("#q=red+car");
    const start = startSeconds((await first.locator(".time").textContent()) ?? "");
    await first.locator(".open").click();
    await expect.poll(() => currentSeconds(page)).toBeGreaterThan(0);
    const seconds = await currentSeconds(page);
    expect(seconds).toBeGreaterThanOrEqual(start - 0.05);
    expect(seconds).toBeLessThan(start + 2);
    expect(await isPaused(page)).toBe(false);
    expect(seen.errors).toEqual([]);
    expect(seen.requests.filter((url) => !url.startsWith(site.address) && !url.startsWith("blob:"))).toEqual(
      [],
    );
  });

  test("the timeline shows hits and events, and a click on one seeks to its start", async () => {
    await using seen = await visit("#q=red+car");
    const { page } = seen;
    await page.locator(".results .card .open").first().click();
    await page.locator(".timeline .hits .mark").first().waitFor();
    await expect.poll(() => currentSeconds(page)).toBeGreaterThan(0);
    const mark = page.locator(".timeline .events .mark:not(.wide)").last();
    const wanted = Number(await mark.getAttribute("data-start-ms")) / 1000;
    await mark.click();
    await pause(page);
    expect(Math.abs((await currentSeconds(page)) - wanted)).toBeLessThan(0.5);
    const row = page.locator(".moment").first();
    const said = startSeconds((await row.locator(".at").textContent()) ?? "");
    await row.click();
    await pause(page);
    expect(Math.abs((await currentSeconds(page)) - said)).toBeLessThan(0.5);
  });

  test("subtitles and shots of a whole file stand on its timeline, and the list holds what is said", async () => {
    await using seen = await visit("#library");
    const { page } = seen;
    await page.locator(".files .open", { hasText: "talk-short-history-of-tea.mp4" }).click();
    await page.locator(".timeline .speech .mark").first().waitFor();
    await page.locator(".inside label", { hasText: "Subtitles" }).click();
    expect(await page.locator(".moment:visible").count()).toBe(
      await page.locator(".timeline .speech .mark").count(),
    );
    // The title ends with a cut: the next shot is a place to go to.
    const shot = page.locator(".timeline .shots .mark").nth(1);
    const starts = Number(await shot.getAttribute("data-start-ms")) / 1000;
    await shot.click();
    await expect.poll(() => currentSeconds(page)).toBeGreaterThanOrEqual(starts);
  });

  test("a picture that is dropped on the page finds what looks like it", async () => {
    await using seen = await visit();
    const { page } = seen;
    await dropFile(
      page,
      "car.jpg",
      "image/jpeg",
      await readFile(path.join(site.files, "queries", "car.jpg")),
    );
    await page.locator(".results .card .still.shown").first().waitFor();
    expect(await page.locator(".results .card .name").first().textContent()).toBe("street.mp4");
    expect(await page.locator("#attachment").textContent()).toContain("car.jpg");
    expect(seen.errors).toEqual([]);
  });

  test("a frame of the player finds more like it", async () => {
    await using seen = await visit("#q=red+car");
    const { page } = seen;
    await page.locator(".results .card .open").first().click();
    await page.locator("#viewer").getByRole("button", { name: "More like this frame" }).click();
    await page.locator(".results h2", { hasText: "Like street.mp4" }).waitFor();
    await page.locator(".results .card .still.shown").first().waitFor();
    expect(await page.locator(".results .card .name").first().textContent()).toBe("street.mp4");
  });

  test("a document opens at the page that was found", async () => {
    await using seen = await visit("#q=invoice+March&kind=document");
    const { page } = seen;
    const found = page.locator(".results .card", { has: page.locator(".time") }).first();
    const place = (await found.locator(".time").textContent()) ?? "";
    await found.locator(".open").click();
    await page.locator(".paper:visible .sheet").waitFor();
    expect(await page.locator(".page-number").textContent()).toBe(`${place.trim()} of 3`);
  });

  test("a video that the browser cannot play is shown by its exact pictures", async () => {
    await using seen = await visit("#q=red+car");
    const { page } = seen;
    await page.route("**/content", (route) => route.abort());
    await page.locator(".results .card .open").first().click();
    await page.locator(".moment").last().click();
    const picture = page.locator(".still-frame");
    await picture.waitFor();
    const at = Number(new URL((await picture.getAttribute("src")) ?? "", site.address).searchParams.get("t"));
    const said = startSeconds((await page.locator(".moment .at").last().textContent()) ?? "");
    expect(Math.abs(at - said)).toBeLessThan(0.06);
  });

  test("what is not there is said so, with what was examined", async () => {
    await using seen = await visit("#q=zeppelin");
    await seen.page.locator(".nothing").waitFor();
    expect(await seen.page.locator(".nothing").textContent()).toMatch(/Nothing found.*Examined \d+ files/);
  });

  test("a question is answered with numbered sources that seek the player, and a follow-up goes on from it", async () => {
    await using seen = await visit();
    const { page } = seen;
    await page.fill("#words", "when does someone enter the room?");
    await page.press("#words", "Enter");
    await page.locator(".answer .cite").first().waitFor();
    expect(await page.locator(".turn .answer").textContent()).toContain("room.mp4");
    expect(await page.locator(".folds details").last().getAttribute("open")).toBeNull();
    expect(await page.locator(".sources .verdict").first().textContent()).toBe("checked in the picture");
    const start = startSeconds((await page.locator(".sources .time").nth(1).textContent()) ?? "");
    await page.locator(".answer .cite").nth(1).click();
    await expect.poll(() => currentSeconds(page)).toBeGreaterThan(0);
    expect(Math.abs((await currentSeconds(page)) - start)).toBeLessThan(2);
    const sent = page.waitForRequest("**/ask");
    await page.fill("#words", "and when do they leave?");
    await page.press("#words", "Enter");
    expect((await sent).postDataJSON()).toMatchObject({ conversation: expect.any(String) });
    await page.locator(".turn").nth(1).locator(".answer .cite").first().waitFor();
    expect(await page.locator(".turn").count()).toBe(2);
    expect(seen.errors).toEqual([]);
  });

  test("Esc stops a question that is being worked on, which closes its connection", async () => {
    await using seen = await visit();
    const { page } = seen;
    // The built-in responder answers before a hand could reach the key, so the answer is held back.
    await page.route("**/ask", () => undefined);
    const closed = page.waitForEvent("requestfailed");
    await page.fill("#words", "who is in the room?");
    await page.press("#words", "Enter");
    await page.locator("#stop").waitFor();
    await page.keyboard.press("Escape");
    expect((await closed).failure()?.errorText).toBe("net::ERR_ABORTED");
    await page.locator(".warnings", { hasText: "Stopped." }).waitFor();
    await page.locator("#stop").waitFor({ state: "hidden" });
  });

  test("a verdict on a moment is kept in the library", async () => {
    await using seen = await visit("#q=red+car");
    const { page } = seen;
    const wrong = page.locator(".results .card").first().getByRole("button", { name: "Wrong" });
    await wrong.click();
    await page.locator('.card button[aria-pressed="true"]').waitFor();
    const lines = (await readFile(path.join(site.library, "feedback.jsonl"), "utf8")).trim().split("\n");
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ verdict: "wrong", query: "red car" });
  });

  test("a folder is indexed, its failures show with their remedies, and a name is only ever text", async () => {
    const folder = path.join(site.files, "more");
    const name = "<img src=x onerror=alert(1)>.png";
    await mkdir(folder, { recursive: true });
    const picture = sharp({ create: { width: 64, height: 48, channels: 3, background: "#2266cc" } });
    await writeFile(path.join(folder, name), await picture.png().toBuffer());
    await writeFile(path.join(folder, "broken.jpg"), "not a picture");
    await using seen = await visit("#library");
    const { page } = seen;
    await page.fill("#index-path", folder);
    await page.getByRole("button", { name: "Index", exact: true }).click();
    await page.locator(".job.done", { hasText: "1 added" }).waitFor();
    await page.locator(".failure-list .remedy").first().waitFor();
    await page.locator(".files .name", { hasText: name }).waitFor();
    expect(seen.errors).toEqual([]);
  });

  test("an indexed folder is removed from the library once the person has said yes, and its files stay", async () => {
    const folder = path.join(site.files, "wrong folder");
    await mkdir(folder, { recursive: true });
    const picture = sharp({ create: { width: 64, height: 48, channels: 3, background: "#883311" } });
    await writeFile(path.join(folder, "wrong.png"), await picture.png().toBuffer());
    await using seen = await visit("#library");
    const { page } = seen;
    await page.fill("#index-path", folder);
    await page.getByRole("button", { name: "Index", exact: true }).click();
    await page.locator(".files .name", { hasText: "wrong.png" }).waitFor();
    const remove = page.getByRole("button", { name: `Remove from library: ${folder}` });
    page.once("dialog", (dialog) => void dialog.dismiss());
    await remove.click();
    expect(await page.locator(".roots").textContent()).toContain(folder);
    page.once("dialog", (dialog) => void dialog.accept());
    await remove.click();
    await page.locator(".roots li", { hasText: folder }).waitFor({ state: "detached" });
    await page.locator(".files .name", { hasText: "wrong.png" }).waitFor({ state: "detached" });
    expect(await readFile(path.join(folder, "wrong.png"))).not.toHaveLength(0);
    const question = `dialog: Remove ${folder} from the library?`;
    expect(seen.errors.map((said) => said.slice(0, question.length))).toEqual([question, question]);
  });

  test("everything can be done with the keyboard alone", async () => {
    await using seen = await visit();
    const { page } = seen;
    await page.keyboard.press("/");
    await page.keyboard.type("red car");
    await page.keyboard.press("Enter");
    await page.locator(".results .card .open").nth(1).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await expect.poll(() => isPaused(page)).toBe(false);
    await page.keyboard.press("Space");
    expect(await isPaused(page)).toBe(true);
    await page.keyboard.press("Space");
    expect(await isPaused(page)).toBe(false);
    await page.keyboard.press("Escape");
    await page.locator("#viewer").waitFor({ state: "hidden" });
    expect(await page.locator(".results .card:first-child .open:focus").count()).toBe(1);
  });

  test("the browser's back button returns to the search before", async () => {
    await using seen = await visit("#q=red+car");
    const { page } = seen;
    await page.locator(".results .card").first().waitFor();
    await page.locator("#library-link").click();
    await page.locator(".library .card").first().waitFor();
    await page.goBack();
    await page.locator(".results .card").first().waitFor();
    expect(await page.inputValue("#words")).toBe("red car");
  });

  test("a browser that speaks Chinese gets a Chinese page, and asks in Chinese", async () => {
    await using seen = await visit("", { locale: "zh-CN" });
    const { page } = seen;
    expect(await page.locator("#greeting").textContent()).toBe("您在找什么？");
    await page.locator(".example").first().click();
    await page.locator(".answer .cite").first().waitFor();
    expect(await page.locator(".sources .verdict").first().textContent()).toBe("已在画面中核对");
  });
});
