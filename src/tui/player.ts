import { type ChildProcess, spawn } from "node:child_process";
import type { Citation } from "../media/citation.ts";

interface Player {
  readonly command: string;
  readonly args: readonly string[];
}

/** Ways to play a cited moment, best first. A file name that looks like an option is still a file. */
export function playersFor({
  path,
  span,
  kind,
}: Pick<Citation, "path" | "span" | "kind">): readonly Player[] {
  const seconds = span.kind === "time" ? (span.startMs / 1000).toFixed(3) : "0";
  const timed: readonly Player[] = [
    { command: "mpv", args: [`--start=${seconds}`, "--really-quiet", "--", path] },
    { command: "vlc", args: [`--start-time=${seconds}`, "--", path] },
    { command: "ffplay", args: ["-loglevel", "quiet", "-ss", seconds, "-i", `file:${path}`] },
  ];
  const any: readonly Player[] = [
    process.platform === "darwin"
      ? { command: "open", args: ["--", path] }
      : { command: "xdg-open", args: [path] },
  ];
  return kind === "video" || kind === "audio" ? [...timed, ...any] : any;
}

/** Starts the first player that is there and answers its name; it outlives the chat. No shell reads the path. */
export async function play(
  citation: Pick<Citation, "path" | "span" | "kind">,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const hasScreen = process.platform !== "linux" || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
  if (!hasScreen) return undefined;
  for (const { command, args } of playersFor(citation)) {
    const child = spawn(command, args, { stdio: "ignore", detached: true, env });
    if (await started(child)) {
      child.unref();
      return command;
    }
  }
  return undefined;
}

function started(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    child.once("spawn", () => resolve(true));
    child.once("error", () => resolve(false));
  });
}
