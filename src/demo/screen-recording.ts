import {
  type DesktopState,
  desktopHeight,
  desktopPicture,
  desktopWidth,
  type ErrorDialog,
} from "./desktop.ts";
import type { Random } from "./random.ts";

/** A picture that stays on screen for a while. */
export interface Still {
  readonly startMs: number;
  readonly endMs: number;
  readonly draw: () => string;
}

export interface ScreenRecording {
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
  readonly stills: readonly Still[];
  readonly dialog: ErrorDialog & { readonly startMs: number; readonly endMs: number };
  readonly notice: { readonly text: string; readonly startMs: number };
}

const troubles: readonly ((random: Random) => ErrorDialog & { readonly task: string })[] = [
  (random) => ({
    program: "Backup",
    task: "Copying pictures to drive E",
    headline: "The backup has stopped",
    detail: "There is not enough space on drive E.",
    code: `Error code ${random.whole(1024, 9899)}`,
  }),
  (random) => ({
    program: "Photo Sync",
    task: "Sending pictures to the album",
    headline: "The connection was lost",
    detail: `The server did not answer for ${random.whole(21, 89)} seconds.`,
    code: `Error code ${random.whole(1024, 9899)}`,
  }),
  (random) => ({
    program: "Slide Scanner",
    task: "Scanning the tray",
    headline: "The scanner is jammed",
    detail: `Remove slide ${random.whole(12, 79)} and close the lid.`,
    code: `Error code ${random.whole(1024, 9899)}`,
  }),
];

const wallpapers = [
  ["#2b5876", "#4e4376"],
  ["#1d6f6a", "#223a5e"],
  ["#3d5a80", "#6d8fae"],
] as const;

const fileNames = [
  "garden-party.jpg",
  "harbour.jpg",
  "first-snow.jpg",
  "birthday-cake.jpg",
  "old-map.tif",
  "grandmother.jpg",
  "kitchen-plan.png",
  "ferry.jpg",
  "market-stall.jpg",
  "two-cats.jpg",
];

/** Somebody starts a job on a desktop; it runs, stops with an error, and goes on after a while. */
export function planScreenRecording(random: Random): ScreenRecording {
  const { task, ...dialog } = random.pick(troubles)(random);
  const wallpaper = random.pick(wallpapers);
  const files = random
    .shuffled(fileNames)
    .slice(0, 8)
    .map((name) => [name, `${random.between(0.6, 9.4).toFixed(1)} MB`] as const);
  const startMinute = random.whole(8 * 60, 20 * 60);
  const [startedMs, stoppedMs] = [random.whole(3, 5) * 1000, random.whole(90, 125) * 100];
  const closedMs = stoppedMs + random.whole(50, 70) * 100;
  const doneMs = closedMs + 3000;
  const durationMs = doneMs + 3000;
  const stoppedAt = random.between(0.42, 0.72);
  const notice = `${dialog.program} has finished`;

  const stateAt = (ms: number): DesktopState => {
    const base = { clock: clock(startMinute + Math.floor(ms / 9000)), files, selected: ms < 1500 ? -1 : 3 };
    if (ms < startedMs) return base;
    if (ms >= doneMs) return { ...base, notice };
    const fraction =
      ms < closedMs
        ? stoppedAt * Math.min(1, (ms - startedMs) / (stoppedMs - startedMs))
        : stoppedAt + (1 - stoppedAt) * ((ms - closedMs) / (doneMs - closedMs));
    const progress = { title: dialog.program, line: task, fraction };
    return { ...base, progress, ...(ms >= stoppedMs && ms < closedMs ? { dialog } : {}) };
  };

  const stills: Still[] = [];
  const cuts = [
    ...new Set([0, 1500, startedMs, ...every(500, startedMs, stoppedMs), stoppedMs, closedMs]),
    ...every(500, closedMs + 500, doneMs),
    doneMs,
    durationMs,
  ];
  for (const [index, startMs] of cuts.slice(0, -1).entries())
    stills.push({
      startMs,
      endMs: cuts[index + 1] ?? durationMs,
      draw: () => desktopPicture(stateAt(startMs), wallpaper),
    });
  return {
    width: desktopWidth,
    height: desktopHeight,
    durationMs,
    stills,
    dialog: { ...dialog, startMs: stoppedMs, endMs: closedMs },
    notice: { text: notice, startMs: doneMs },
  };
}

function every(stepMs: number, fromMs: number, toMs: number): number[] {
  return Array.from({ length: Math.ceil((toMs - fromMs) / stepMs) }, (_, index) => fromMs + index * stepMs);
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
