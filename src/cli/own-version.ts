import { readFileSync } from "node:fs";

/** The version that the package states. */
export function ownVersion(): string {
  // dist/src/cli → the package's own folder
  const file = new URL(
    import.meta.url.endsWith(".ts") ? "../../package.json" : "../../../package.json",
    import.meta.url,
  );
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
