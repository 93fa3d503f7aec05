import { spawn } from "node:child_process";
import { access, chmod, constants, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { Failure } from "../../media/failure.ts";

export type ToolName = "ffmpeg" | "ffprobe";

/** Paths that the person chose; either may be left out. */
export interface ConfiguredTools {
  readonly ffmpeg?: string;
  readonly ffprobe?: string;
}

export interface FfmpegTool {
  readonly name: ToolName;
  /** Absolute. */
  readonly path: string;
  readonly source: "configured" | "path" | "npm";
  /** As the program prints it: "7.1", or "N-47683-g0e8eb07980-static" for a build between releases. */
  readonly version: string;
  /** Year of the build, from its copyright line; 0 when it prints none. */
  readonly year: number;
}

const found = new Map<string, Promise<FfmpegTool>>();

/**
 * The program to run: the configured path, else the one on `PATH`, else the one that npm carries.
 * The answer is kept for the life of the process. Throws `Failure` `unavailable` when there is none that runs.
 */
export function findTool(name: ToolName, configured: ConfiguredTools = {}): Promise<FfmpegTool> {
  const key = JSON.stringify([name, configured[name], process.env.PATH]);
  const known = found.get(key);
  if (known !== undefined) return known;
  const search = lookFor(name, configured[name]);
  found.set(key, search);
  search.catch(() => found.delete(key));
  return search;
}

async function lookFor(name: ToolName, configured: string | undefined): Promise<FfmpegTool> {
  if (configured !== undefined) {
    const tool = await tryTool(name, path.resolve(configured), "configured");
    if (tool) return tool;
    throw new Failure({
      code: "unavailable",
      message: `The configured ${name} at ${configured} does not run.`,
      remedy: `Correct the path (SIGHTLINE_${name.toUpperCase()}), or unset it to use the ${name} that comes along.`,
    });
  }
  for (const candidate of pathCandidates(name)) {
    const tool = await tryTool(name, candidate, "path");
    if (tool) return tool;
  }
  const carried = await carriedPath(name);
  const tool = carried === undefined ? undefined : await tryTool(name, carried, "npm");
  if (tool) return tool;
  if (carried !== undefined && !(await isRunnable(carried))) {
    throw new Failure({
      code: "unavailable",
      message: `The ${name} that npm carries may not be run by you: ${carried}.`,
      remedy: `Let who installed Sightline allow it (chmod a+rx "${carried}"), or install ffmpeg.`,
    });
  }
  throw new Failure({
    code: "unavailable",
    message: `No ${name} was found: not on PATH, and none came with the installation.`,
    remedy:
      "Install ffmpeg (`apt install ffmpeg`, `brew install ffmpeg`), or run `npm install --include=optional`.",
  });
}

function pathCandidates(name: ToolName): string[] {
  const file = process.platform === "win32" ? `${name}.exe` : name;
  return (process.env.PATH ?? "")
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, file));
}

/** The packages' own entry points throw on an unknown platform, so the platform's package is asked itself. */
async function carriedPath(name: ToolName): Promise<string | undefined> {
  const require = createRequire(import.meta.url);
  const file = process.platform === "win32" ? `${name}.exe` : name;
  try {
    const manifest = require.resolve(`@${name}-installer/${process.platform}-${process.arch}/package.json`);
    const carried = path.join(path.dirname(manifest), file);
    await makeRunnable(carried);
    return carried;
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}

/**
 * npm may have skipped the install step that sets the bit, and ffprobe's sets it for who installs alone. Without the
 * right to set it, the run itself decides.
 */
async function makeRunnable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o111) !== 0o111) await chmod(file, 0o755).catch(() => undefined);
}

function isRunnable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function tryTool(
  name: ToolName,
  file: string,
  source: FfmpegTool["source"],
): Promise<FfmpegTool | undefined> {
  const banner = await versionBanner(file);
  const version = banner === undefined ? undefined : /^\S+ version (\S+)/.exec(banner)?.[1];
  if (banner === undefined || version === undefined) return undefined;
  const year = Number(/Copyright \(c\) (?:\d{4}-)?(\d{4})/.exec(banner)?.[1] ?? 0);
  return { name, path: file, source, version, year };
}

/** What `-version` prints; undefined when the file does not exist, does not run, or takes over 20 s. */
async function versionBanner(file: string): Promise<string | undefined> {
  try {
    await access(file, constants.F_OK);
  } catch {
    return undefined;
  }
  return new Promise((resolve) => {
    const child = spawn(file, ["-version"], {
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 20_000,
      windowsHide: true,
    });
    let banner = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (banner.length < 4096) banner += text;
    });
    child.on("error", () => resolve(undefined));
    child.on("close", (code) => resolve(code === 0 ? banner : undefined));
  });
}

/**
 * The option that keeps every frame's own time: `-fps_mode` from ffmpeg 5.1 on, `-vsync` before.
 * Builds between releases carry no number; their year decides.
 */
export function keepTimesOption(tool: FfmpegTool): readonly string[] {
  const numbered = /^n?(\d+)\.(\d+)/.exec(tool.version);
  const modern = numbered ? Number(numbered[1]) * 100 + Number(numbered[2]) >= 501 : tool.year >= 2023;
  return modern ? ["-fps_mode", "passthrough"] : ["-vsync", "0"];
}

/** Whole years since the tool was built, for `sightline doctor`; undefined when it does not say. */
export function ageInYears(tool: FfmpegTool, now: Date): number | undefined {
  return tool.year > 0 ? now.getUTCFullYear() - tool.year : undefined;
}
