import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mainScriptAddress, scriptAddresses, styleAddresses } from "../../src/http/page/page-files.ts";
import { pageRoutes } from "../../src/http/page/page-routes.ts";

const page = pageRoutes();
const get = (address: string, headers: Record<string, string> = {}) => page.request(address, { headers });

test("the page comes with a policy that allows no inline script, no other host and no frame", async () => {
  const answer = await get("/");
  expect(answer.status).toBe(200);
  const policy = answer.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
});

test("the page holds no inline script, no inline style, no handler and no address of another host", async () => {
  const html = await (await get("/")).text();
  expect(html).toMatch(/^<!doctype html><html lang="en">/);
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
  expect(
    [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, to]) => to).filter((to) => !/^[/#]/.test(to ?? "")),
  ).toEqual([]);
});

test("the page speaks the first language of the browser that it knows", async () => {
  const languageOf = async (accepted: string) =>
    /<html lang="([^"]+)"/.exec(await (await get("/", { "accept-language": accepted })).text())?.[1];
  expect(await languageOf("zh-CN,zh;q=0.9,en;q=0.8")).toBe("zh-Hans");
  expect(await languageOf("de-DE,de;q=0.9,zh;q=0.5,en;q=0.7")).toBe("en");
  expect(await languageOf("fr")).toBe("en");
  expect((await get("/")).headers.get("vary")).toBe("accept-language");
});

test("every style and script that the page names is served as what it is", async () => {
  const scripts = await scriptAddresses();
  expect(scripts).toContain(mainScriptAddress);
  for (const address of [...styleAddresses, ...scripts]) {
    const answer = await get(address);
    expect([address, answer.status]).toEqual([address, 200]);
    expect(answer.headers.get("content-type")).toMatch(
      address.endsWith(".css") ? /^text\/css/ : /^text\/javascript/,
    );
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  }
});

test("every module that a script imports is served, and all of them together stay under 150 KB", async () => {
  const scripts = await scriptAddresses();
  const bodies = await Promise.all(
    scripts.map(async (address) => ({ address, text: await (await get(address)).text() })),
  );
  const imported = bodies.flatMap(({ address, text }) =>
    [...text.matchAll(/from "([^"]+)"/g)].map(([, to = ""]) => new URL(to, `http://host${address}`).pathname),
  );
  expect(imported.length).toBeGreaterThan(20);
  expect(imported.filter((address) => !scripts.includes(address))).toEqual([]);
  expect(bodies.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(150_000);
});

test("a script that did not change is not sent again", async () => {
  const first = await get(mainScriptAddress);
  const tag = first.headers.get("etag") ?? "";
  expect(tag).toMatch(/^"[\w-]+"$/);
  expect((await get(mainScriptAddress, { "if-none-match": tag })).status).toBe(304);
});

test("nothing else of the disk can be reached below /page/", async () => {
  const tries = [
    "/page/../package.json",
    "/page/%2e%2e/package.json",
    "/page/http/page/client/..%2f..%2f..%2fapp.js",
    "/page/http/page/page-routes.js",
    "/page/http/page/client/main.ts",
    "/page/app.js",
    "/page/",
  ];
  for (const address of tries) expect([address, (await get(address)).status]).toEqual([address, 404]);
});

test("scripts put text from media into the page as text alone", async () => {
  const scripts = await scriptAddresses();
  for (const address of scripts) {
    const text = await (await get(address)).text();
    expect([
      address,
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/.test(text),
    ]).toEqual([address, false]);
  }
});

test("the icon is an own drawing without a script", () => {
  const icon = readFileSync(new URL("../../assets/page/icon.svg", import.meta.url), "utf8");
  expect(icon).not.toMatch(/<script|\son\w+=|href/);
});
