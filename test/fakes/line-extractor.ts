import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Extractor } from "../../src/ingest/extractor.ts";
import { Failure } from "../../src/media/failure.ts";
import type { MediaKind } from "../../src/media/media-item.ts";
import { timeSpan } from "../../src/media/span.ts";

export interface LineExtractorOptions {
  /** Time that each line takes to read. */
  readonly msPerLine?: number;
  /** Called for each file that is really taken apart. */
  readonly onExtract?: (path: string) => void;
}

/**
 * A small real extractor for files of lines, whatever their kind says: each line is a segment of one second, with
 * a 2 × 2 picture in the colour of its hash. A line "corrupt" makes the file unreadable; "bug" throws what is no Failure.
 */
export function lineExtractor(kind: MediaKind, options: LineExtractorOptions = {}): Extractor {
  const { msPerLine = 0, onExtract } = options;
  return {
    kind,
    probe: async (path) => ({ title: (await linesOf(path))[0] ?? "" }),
    async *extract(item, signal, report) {
      onExtract?.(item.path);
      const lines = await linesOf(item.path);
      for (const [index, text] of lines.entries()) {
        signal.throwIfAborted();
        if (msPerLine > 0) await sleep(msPerLine, undefined, { signal });
        if (text === "corrupt") throw damaged(item.path);
        if (text === "bug") throw new TypeError("an extractor's slip");
        report?.((index + 1) / lines.length);
        const hash = createHash("sha256").update(text).digest();
        const pixels = { width: 2, height: 2, data: new Uint8Array(hash.subarray(0, 12)) };
        yield { span: timeSpan(index * 1000, (index + 1) * 1000), source: "frame", pixels, text };
      }
    },
  };
}

export function lineExtractors(options: LineExtractorOptions = {}): ReadonlyMap<MediaKind, Extractor> {
  const kinds: readonly MediaKind[] = ["video", "image", "document", "audio"];
  return new Map(kinds.map((kind) => [kind, lineExtractor(kind, options)]));
}

async function linesOf(path: string): Promise<string[]> {
  return (await readFile(path, "utf8")).split("\n").filter((line) => line !== "");
}

function damaged(path: string): Failure {
  return new Failure({ code: "corrupt", message: `${path} is damaged.`, remedy: "Copy it again." });
}
