import { join } from "node:path";
import { z } from "zod";
import type { Finding } from "../media/citation.ts";
import { timeSpan } from "../media/span.ts";
import { formatTimeCode } from "../media/time-code.ts";
import { timeMs } from "./common-input.ts";
import { mediaReference, nameOf, resolveMedia } from "./media-reference.ts";
import { refuseTimeOutside } from "./read-picture.ts";
import { scratchName } from "./scratch-pictures.ts";
import { plural } from "./short-result.ts";
import { defineTool } from "./tool.ts";
import type { ToolDeps } from "./tool-deps.ts";

const input = z.strictObject({
  media: mediaReference,
  timesMs: z
    .array(timeMs)
    .min(1)
    .max(8)
    .describe("Times from the video's start, in milliseconds; at most 8."),
  longestSide: z
    .int()
    .min(64)
    .max(2048)
    .default(1024)
    .describe("Pixels of the longer side; larger pictures show small text."),
});

/** Decodes the frames of a video that are on screen at given times, and returns them as pictures. */
export const videoSeek = (deps: Pick<ToolDeps, "store" | "pictures" | "scratchFolder" | "savePicture">) =>
  defineTool({
    name: "video_seek",
    title: "Frames of a video",
    description:
      "Decode the frames of a video at given times and return them as pictures, each with its exact time.",
    input,
    readOnly: true,
    execute: async ({ media, timesMs, longestSide }, { signal, progress }) => {
      const item = await resolveMedia(deps.store, media, signal, ["video"]);
      for (const time of timesMs) refuseTimeOutside(item, time);
      const frames = await deps.pictures.framesAt(item, timesMs, signal, { longestSide });
      const imagePaths: string[] = [];
      for (const { timeMs: exact, pixels } of frames) {
        signal.throwIfAborted();
        const path = join(deps.scratchFolder, `${scratchName(item.id)}-${exact}ms-${longestSide}.jpg`);
        await deps.savePicture(pixels, path);
        imagePaths.push(path);
        progress({
          message: `frame ${formatTimeCode(exact)}`,
          done: imagePaths.length,
          total: frames.length,
        });
      }
      const times = frames.map((frame) => frame.timeMs);
      const findings = times.map(
        (time, i): Finding => ({
          mediaId: item.id,
          kind: item.kind,
          path: item.path,
          span: timeSpan(time, time),
          source: "frame",
          preview: imagePaths[i]!,
        }),
      );
      return {
        text: `${plural(frames.length, "frame")} of ${nameOf(item)}: ${times.map(formatTimeCode).join(", ")}.`,
        findings,
        imagePaths,
        data: { timesMs: times, paths: imagePaths },
      };
    },
  });
