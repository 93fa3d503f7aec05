import { readFileSync } from "node:fs";

/** Newest first; the same as the SDK's, which is too slow to load before the first answer. A test compares them. */
export const protocolVersions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05", "2024-10-07"];

export const capabilities = {
  tools: { listChanged: true },
  resources: { subscribe: true, listChanged: true },
  prompts: { listChanged: false },
  completions: {},
  logging: {},
};

export function serverInfo() {
  return { name: "sightline", title: "Sightline", version: ownVersion() };
}

function ownVersion(): string {
  // Beside `mcp/` in a checkout, and two folders above the compiled file in `dist/`.
  const above = import.meta.url.endsWith(".ts") ? "../" : "../../";
  const text = readFileSync(new URL(`${above}package.json`, import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
