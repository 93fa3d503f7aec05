import { existsSync } from "node:fs";
import { mkdir, realpath } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { z } from "zod";
import { Failure } from "../media/failure.ts";
import type { MediaItem } from "../media/media-item.ts";
import { timeSpan } from "../media/span.ts";
import { formatSpan } from "../media/time-code.ts";
import { timeMs } from "./common-input.ts";
import { mediaReference, nameOf, resolveMedia } from "./media-reference.ts";
import { refuseTimeOutside } from "./read-picture.ts";
import { defineTool } from "./tool.ts";
import type { ToolDeps } from "./tool-deps.ts";

const input = z.strictObject({
  media: mediaReference,
  startMs: timeMs.describe("Where the clip starts, in milliseconds."),
  endMs: timeMs.describe("Where the clip ends, in milliseconds; after the start."),
  name: z
    .string()
    .min(1)
    .max(80)
    .optional()
    .describe(
      "Name of the new file, without folder and ending; default made of the video's name and the times.",
    ),
});

/** Cuts a clip out of a video into the library's export folder; never elsewhere, and never over a file. */
export const exportClip = (deps: Pick<ToolDeps, "store" | "exportClip" | "exportFolder">) =>
  defineTool({
    name: "export_clip",
    title: "Export a clip",
    description: "Cut a piece out of a video and save it as a new file in the library's export folder.",
    input,
    readOnly: false,
    execute: async ({ media, startMs, endMs, name }, { signal, progress }) => {
      const item = await resolveMedia(deps.store, media, signal, ["video"]);
      const range = rangeIn(item, startMs, endMs);
      const outPath = await freePath(deps.exportFolder, fileName(item, range, name));
      progress({ message: `cutting ${formatSpan(range)}` });
      await deps.exportClip(item.path, range.startMs, range.endMs, outPath, signal);
      return {
        text: `Saved ${nameOf(item)} ${formatSpan(range)} as ${outPath}.`,
        findings: [
          { mediaId: item.id, kind: item.kind, path: item.path, span: range, source: "frame" as const },
        ],
        data: { path: outPath, startMs: range.startMs, endMs: range.endMs },
      };
    },
  });

function rangeIn(item: MediaItem, startMs: number, endMs: number) {
  refuseTimeOutside(item, startMs);
  const { durationMs } = item;
  const range = timeSpan(startMs, durationMs === undefined ? endMs : Math.min(endMs, durationMs));
  if (endMs > startMs && range.endMs > range.startMs) return range;
  throw new Failure({
    code: "invalid-input",
    message: `The clip asked of ${nameOf(item)} is empty`,
    remedy: "Give an endMs greater than startMs, both inside the video.",
  });
}

/** Letters, digits, dots, dashes and underscores of any script; no folder, no leading dot or dash. */
function fileName(
  item: MediaItem,
  range: { startMs: number; endMs: number },
  name: string | undefined,
): string {
  const source = basename(item.path, extname(item.path));
  const seconds = (ms: number) => (ms / 1000).toFixed(1);
  const asked = name ?? `${source}-${seconds(range.startMs)}s-${seconds(range.endMs)}s`;
  const safe = asked
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}._-]+/gu, "_")
    .replace(/^[._-]+/, "");
  return [...(safe === "" ? "clip" : safe)].slice(0, 80).join("");
}

/** A path in the folder at which there is nothing yet. */
async function freePath(folder: string, stem: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const home = await realpath(folder);
  for (let n = 1; ; n++) {
    const path = resolve(join(home, `${stem}${n === 1 ? "" : `-${n}`}.mp4`));
    if (dirname(path) !== home) throw new Error(`export path ${path} is not in ${home}`);
    if (!existsSync(path)) return path;
  }
}
