import { embed } from "./embed.ts";
import { exportClip } from "./export-clip.ts";
import { findMoments } from "./find-moments.ts";
import { listMedia } from "./list-media.ts";
import { look } from "./look.ts";
import { ocrReread } from "./ocr-reread.ts";
import { readDocument } from "./read-document.ts";
import type { Tool } from "./tool.ts";
import type { ToolDeps } from "./tool-deps.ts";
import { vectorSearch } from "./vector-search.ts";
import { videoSeek } from "./video-seek.ts";

/** Every tool, over one library. */
export function allTools(deps: ToolDeps): readonly Tool[] {
  const { eyes } = deps;
  return [
    vectorSearch(deps),
    findMoments(deps),
    listMedia(deps),
    videoSeek(deps),
    ...(eyes ? [look({ ...deps, eyes })] : []),
    ocrReread(deps),
    readDocument(deps),
    exportClip(deps),
    embed(deps),
  ];
}
