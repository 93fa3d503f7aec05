import { readdir, readFile } from "node:fs/promises";

export interface PageFile {
  readonly body: string;
  readonly type: string;
}

const styles = ["base.css", "box.css", "results.css", "viewer.css", "answer.css", "library.css"];
const clientFolder = "http/page/client";
/** Modules outside the client folder that the browser loads too: plain functions and words. */
const sharedScripts = [
  "media/time-code.js",
  "messages/amounts.js",
  "messages/page-en.js",
  "messages/page-zh.js",
];

export const styleAddresses: readonly string[] = styles.map((name) => `/page/${name}`);
export const mainScriptAddress = `/page/${clientFolder}/main.js`;

/** Every script of the page, for the browser to fetch at once instead of import by import. */
export async function scriptAddresses(): Promise<readonly string[]> {
  const compiled = await readdir(new URL(`${clientFolder}/`, folder("dist/src")));
  const own = compiled.filter((name) => name.endsWith(".js")).map((name) => `${clientFolder}/${name}`);
  return [...own, ...sharedScripts].map((name) => `/page/${name}`);
}

/** Everything that the page loads, by its address; nothing else of the disk can be reached. Undefined: no such file. */
export async function readPageFile(address: string): Promise<PageFile | undefined> {
  const name = address.slice("/page/".length);
  const assets = folder("assets/page");
  if (styles.includes(name)) return { body: await read(name, assets), type: "text/css; charset=utf-8" };
  if (name === "icon.svg") return { body: await read(name, assets), type: "image/svg+xml" };
  if (!isScript(name)) return undefined;
  return { body: await read(name, folder("dist/src")), type: "text/javascript; charset=utf-8" };
}

function isScript(name: string): boolean {
  return sharedScripts.includes(name) || /^http\/page\/client\/[a-z-]+\.js$/.test(name);
}

/** A folder of the checkout or the installed package, seen from this file or from the compiled one in `dist/`. */
function folder(name: string): URL {
  const above = import.meta.url.endsWith(".ts") ? "../../../" : "../../../../";
  return new URL(`${above}${name}/`, import.meta.url);
}

function read(name: string, under: URL): Promise<string> {
  return readFile(new URL(name, under), "utf8");
}
