import { readFileSync } from "node:fs";

/** The version that the package states. */
export function ownVersion(): string {
  // Beside `src/` in a checkout, and two folders above the compiled file in `dist/`.
  const file = new URL(
    import.meta.url.endsWith(".ts") ? "../package.json" : "../../package.json",
    import.meta.url,
  );
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
