import { isAbsolute } from "node:path";
import { z } from "zod";
import { Failure } from "../media/failure.ts";
import type { Filter, MediaStore } from "../store/media-store.ts";
import { mediaReference, resolveMedia } from "./media-reference.ts";

export const timeMs = z.int().nonnegative();

const day = z
  .string()
  .regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/, "a year, month or day: 2026, 2026-03 or 2026-03-14");

/** The filters that several tools share. */
export const filterInput = {
  media: mediaReference.optional().describe("Only this file: its name, part of its path, or its id."),
  folder: z.string().min(1).max(1000).optional().describe("Only files below this folder: an absolute path."),
  from: day.optional().describe("Only files taken at or after this day, month or year, such as 2026-03."),
  to: day.optional().describe("Only files taken at or before the end of this day, month or year."),
  startMs: timeMs.optional().describe("Only from this time of the file on, in milliseconds."),
  endMs: timeMs.optional().describe("Only up to this time of the file, in milliseconds."),
};

export interface FilterInput {
  readonly media?: string | undefined;
  readonly folder?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
}

/** The store's filter for these arguments. Throws `Failure` for unknown media, a relative folder, an empty range. */
export async function filterOf(store: MediaStore, input: FilterInput, signal: AbortSignal): Promise<Filter> {
  const { media, folder, startMs, endMs } = input;
  if (folder !== undefined && !isAbsolute(folder)) {
    throw new Failure({
      code: "invalid-input",
      message: `The folder \`${folder}\` is not an absolute path`,
      remedy: "Write the whole path, as list_media shows it.",
    });
  }
  const item = media === undefined ? undefined : await resolveMedia(store, media, signal);
  return {
    ...(item === undefined ? {} : { mediaIds: [item.id] }),
    ...(folder === undefined ? {} : { under: folder }),
    ...datesOf(input),
    ...(startMs === undefined && endMs === undefined ? {} : { within: rangeOf(startMs ?? 0, endMs) }),
  };
}

function rangeOf(startMs: number, endMs: number | undefined) {
  const range = { startMs, endMs: endMs ?? Number.MAX_SAFE_INTEGER };
  if (range.endMs > range.startMs) return range;
  throw new Failure({
    code: "invalid-input",
    message: `The time range ${startMs}–${endMs} ms is empty`,
    remedy: "Give an endMs greater than startMs.",
  });
}

/** The dates of a filter: the first and the last millisecond of the given days, months or years (UTC). */
export function datesOf({
  from,
  to,
}: Pick<FilterInput, "from" | "to">): Pick<Filter, "takenFrom" | "takenTo"> {
  const start = from === undefined ? undefined : Date.parse(from);
  const end = to === undefined ? undefined : endOf(to);
  if (Number.isNaN(start) || Number.isNaN(end)) {
    throw new Failure({
      code: "invalid-input",
      message: `There is no such date: ${from ?? ""} ${to ?? ""}`.trim(),
      remedy: "Write a year, month or day: 2026, 2026-03 or 2026-03-14.",
    });
  }
  return {
    ...(start === undefined ? {} : { takenFrom: start }),
    ...(end === undefined ? {} : { takenTo: end }),
  };
}

function endOf(date: string): number {
  const start = new Date(date);
  if (date.length === 4) start.setUTCFullYear(start.getUTCFullYear() + 1);
  else if (date.length === 7) start.setUTCMonth(start.getUTCMonth() + 1);
  else start.setUTCDate(start.getUTCDate() + 1);
  return start.getTime() - 1;
}
