import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** The browser that this machine has; undefined where it has none. */
export function findChromium(): string | undefined {
  const places = [
    process.env.CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  return places.find((place) => place !== undefined && existsSync(place));
}

export interface Site {
  readonly address: string;
  /** The folder of the library that is served. */
  readonly library: string;
  /** The folder with the media and `queries/` of the demo. */
  readonly files: string;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly site: Site | undefined;
  }
}

export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--autoplay-policy=no-user-gesture-required",
    ],
  });
}

/** A page that remembers what it complained of and whom it called. */
export interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly errors: readonly string[];
  readonly requests: readonly string[];
}

/** Opens the page in a context of its own. */
export async function visitPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions,
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    locale: "en-GB",
    ...options,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    // A document without pages has no picture: the page asks once and shows its icon.
    if (message.type() === "error" && !message.location().url.includes("/page/1"))
      errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("dialog", (dialog) => errors.push(`dialog: ${dialog.message()}`));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(address);
  return { page, errors, requests, [Symbol.asyncDispose]: () => context.close() };
}

/** "0:09.1–0:13.0" → 9.1 */
export function startSeconds(timeCode: string): number {
  const [, minutes = "0", seconds = "NaN"] = /^(\d+):(\d+\.\d)/.exec(timeCode) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}

interface Video {
  readonly currentTime: number;
  readonly paused: boolean;
  pause(): void;
}

const player = (page: Page) => page.locator(".player video");

export function currentSeconds(page: Page): Promise<number> {
  return player(page).evaluate((video: Video) => video.currentTime);
}

export function isPaused(page: Page): Promise<boolean> {
  return player(page).evaluate((video: Video) => video.paused);
}

export function pause(page: Page): Promise<void> {
  return player(page).evaluate((video: Video) => video.pause());
}

/** Drops a file on the page as a person does with the mouse. */
export async function dropFile(page: Page, name: string, type: string, bytes: Buffer): Promise<void> {
  const carried = await page.evaluateHandle(
    `(() => {
      const bytes = Uint8Array.from(atob("${bytes.toString("base64")}"), (letter) => letter.charCodeAt(0));
      const carried = new DataTransfer();
      carried.items.add(new File([bytes], ${JSON.stringify(name)}, { type: ${JSON.stringify(type)} }));
      return carried;
    })()`,
  );
  await page.dispatchEvent("body", "dragover", { dataTransfer: carried });
  await page.dispatchEvent("body", "drop", { dataTransfer: carried });
}
