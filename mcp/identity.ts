import { ownVersion } from "../src/own-version.ts";

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
