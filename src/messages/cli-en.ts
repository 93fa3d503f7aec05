import type { CitationCheck } from "../media/citation.ts";
import type { Coverage } from "../media/coverage.ts";
import { formatBytes, formatDuration } from "./amounts.ts";
import { captionsEn } from "./captions-en.ts";
import { modelsEn } from "./models-en.ts";

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

const duration = (ms: number) => formatDuration(ms, ["s", "min", "h"]);

const checks: Readonly<Record<CitationCheck, string>> = {
  pixels: "✓ checked in the picture",
  text: "✓ checked in the text",
  unchecked: "· not checked",
  failed: "✗ could not be confirmed",
};

/** What the command line says, beside the answers. */
export const cliEn = {
  check: (check: CitationCheck) => checks[check],
  working: (tool: string) => `… ${tool}`,
  examined: ({ items, videoMs, images, pages, unreadable }: Coverage) =>
    `examined ${plural(items, "file")}: ${duration(videoMs)} of video, ${plural(images, "image")}, ${plural(pages, "page")}` +
    (unreadable > 0 ? `; ${plural(unreadable, "file")} could not be read` : ""),
  nothingFound: (examined: string) => `Nothing found; ${examined}.`,
  unknownWords: (words: readonly string[]) =>
    `No picture word for ${words.map((word) => `"${word}"`).join(", ")}: searched text and events only for ${words.length === 1 ? "it" : "them"}.`,
  models: modelsEn,
  captions: captionsEn,
  serve: {
    listening: (link: string) => `Sightline is at ${link}`,
    stop: "Ctrl+C stops it.",
  },
  forget: {
    done: ({ files, moments }: { files: number; moments: number }) =>
      `Forgotten: ${plural(files, "file")}, ${plural(moments, "moment")}. The files themselves are where they were.`,
    wouldForget: ({ files, moments }: { files: number; moments: number }) =>
      `Would be forgotten: ${plural(files, "file")}, ${plural(moments, "moment")}. Nothing was changed.`,
    root: (root: string) => `No longer indexed as a folder of its own: ${root}`,
    excluded: (place: string) =>
      `Stays out when the folder around it is indexed again: ${place}\n  → To take it in again: sightline index "${place}"`,
  },
  index: {
    plan: (plan: { new: number; changed: number; moved: number; gone: number; unchanged: number }) =>
      `${plan.new} new, ${plan.changed} changed, ${plan.moved} moved, ${plan.gone} gone, ${plan.unchanged} unchanged`,
    estimate: (ms: number, bytes: number) => `about ${duration(ms)} and ${formatBytes(bytes)} of disk`,
    notMounted: (root: string) => `${root} is not mounted or empty: what is known of it is kept`,
    waiting: (pid: number, host: string) =>
      `Another indexer (process ${pid} on ${host}) has this library; waiting`,
    progress: (done: number, total: number, rate: number, etaMs: number, file: string) =>
      `${done}/${total} · ${formatBytes(rate)}/s · ${duration(etaMs)} left · ${file}`,
    status: { added: "added", updated: "updated", moved: "moved", removed: "removed", failed: "failed" },
    segments: (count: number) => plural(count, "segment"),
    end: (end: { added: number; updated: number; moved: number; removed: number; unchanged: number }) =>
      `Done: ${end.added} added, ${end.updated} updated, ${end.moved} moved, ${end.removed} removed, ${end.unchanged} unchanged.`,
    dryRun: "Nothing was changed.",
    interrupted: "Stopped. What is done is kept; the same command goes on from here.",
    failures: (count: number) => `${plural(count, "file")} could not be read:`,
  },
};

export type CliMessages = typeof cliEn;
