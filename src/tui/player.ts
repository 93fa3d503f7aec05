import { type ChildProcess, spawn } from "node:child_process";
import { basename, resolve } from "node:path";
import type { Citation } from "../media/citation.ts";
import { plainText } from "../media/plain-text.ts";
import { formatSpan } from "../media/time-code.ts";

export interface Player {
  readonly command: string;
  readonly args: readonly string[];
  /** What it opens: the file itself, or the web page at the moment. */
  readonly opens: "file" | "page";
}

type Place = Pick<Citation, "path" | "span" | "kind">;

/**
 * Ways to open a cited moment, best first. Nothing here is read by a shell, and a file's name is never the start of an
 * argument, so that one that looks like an option is still a file.
 *
 * @param page the moment's address in a browser; undefined where there is none
 */
export function playersFor(
  place: Place,
  page: string | undefined,
  platform: NodeJS.Platform = process.platform,
): readonly Player[] {
  const path = resolve(place.path);
  const browser: readonly Player[] = page === undefined ? [] : [{ ...opener(page, platform), opens: "page" }];
  const viewer: Player = { ...opener(path, platform), opens: "file" };
  if (place.kind === "video" || place.kind === "audio")
    return [...timedPlayers(path, place), ...browser, viewer];
  // Viewers open a document at its first page.
  if (place.kind === "document" && place.span.kind === "page") return [...browser, viewer];
  return [viewer, ...browser];
}

function timedPlayers(path: string, { span }: Place): readonly Player[] {
  const seconds = span.kind === "time" ? (span.startMs / 1000).toFixed(3) : "0";
  const title = `Sightline · ${plainText([basename(path), formatSpan(span)].filter(Boolean).join(" "), 120)}`;
  return [
    {
      command: "mpv",
      args: [
        `--start=${seconds}`,
        "--force-window=yes",
        `--force-media-title=${title}`,
        "--really-quiet",
        "--",
        path,
      ],
      opens: "file",
    },
    {
      command: "vlc",
      args: ["--quiet", `--start-time=${seconds}`, `--meta-title=${title}`, "--", path],
      opens: "file",
    },
    {
      command: "ffplay",
      args: ["-loglevel", "quiet", "-window_title", title, "-ss", seconds, "-i", `file:${path}`],
      opens: "file",
    },
  ];
}

/** What the system opens files and addresses with. Both begin with a letter or a slash. */
function opener(target: string, platform: NodeJS.Platform): Pick<Player, "command" | "args"> {
  if (platform === "darwin") return { command: "open", args: [target] };
  if (platform === "win32") return { command: "rundll32", args: ["url.dll,FileProtocolHandler", target] };
  return { command: "xdg-open", args: [target] };
}

/** Starts the first of the players that is there and does not fail at once; it outlives the chat. */
export async function play(players: readonly Player[], env: NodeJS.ProcessEnv): Promise<Player | undefined> {
  if (!hasScreen(env)) return undefined;
  for (const player of players) {
    const child = spawn(player.command, player.args, { stdio: "ignore", detached: true, env });
    if (await started(child)) {
      child.unref();
      return player;
    }
  }
  return undefined;
}

export function hasScreen(env: NodeJS.ProcessEnv): boolean {
  return process.platform !== "linux" || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** A player that cannot show anything, or an opener that knows no program for the file, ends with a status soon. */
const soonMs = 1200;

function started(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), soonMs);
    const over = (worked: boolean) => {
      clearTimeout(timer);
      resolve(worked);
    };
    child.once("error", () => over(false));
    child.once("exit", (code) => over(code === 0));
  });
}
