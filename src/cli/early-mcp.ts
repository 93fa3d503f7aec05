import { readFileSync } from "node:fs";
import path from "node:path";
import envPaths from "env-paths";
import { answerEarly, type EarlyInput } from "../../mcp/early-answer.ts";
import { flagsWithValue } from "./early-flags.ts";

let early: EarlyInput | undefined;

/** Whether this command line is `sightline [flags] mcp …`. */
export function isMcp(args: readonly string[]): boolean {
  const command = args.findIndex((arg, i) => !arg.startsWith("-") && !flagsWithValue.has(args[i - 1] ?? ""));
  return args[command] === "mcp" && !args.includes("--help") && !args.includes("-h");
}

/** Starts to answer before the program itself is loaded. */
export function startMcpEarly(args: readonly string[], environment: NodeJS.ProcessEnv): void {
  early = answerEarly(libraryOf(args, environment), process.stdin, process.stdout);
}

/** What was received so far; undefined where nothing listened. */
export function earlyInput(): EarlyInput | undefined {
  return early;
}

/** As `loadConfig` finds it, in the same order, without reading the rest of the settings. */
export function libraryOf(args: readonly string[], environment: NodeJS.ProcessEnv): string {
  const places = envPaths("sightline", { suffix: "" });
  const flag = args.findLastIndex((arg) => arg === "--library" || arg.startsWith("--library="));
  const given = flag < 0 ? undefined : args[flag]?.split("=").slice(1).join("=") || args[flag + 1];
  const file = environment.SIGHTLINE_CONFIG ?? path.join(places.config, "config.json");
  const chosen = given ?? (environment.SIGHTLINE_LIBRARY || libraryInFile(file));
  return path.resolve(chosen ?? path.join(places.data, "library"));
}

function libraryInFile(file: string): string | undefined {
  try {
    const settings: unknown = JSON.parse(readFileSync(file, "utf8"));
    const library =
      typeof settings === "object" && settings !== null && "library" in settings && settings.library;
    return typeof library === "string" ? library : undefined;
  } catch {
    return undefined;
  }
}
