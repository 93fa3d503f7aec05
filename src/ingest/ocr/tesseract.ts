import { availableParallelism } from "node:os";
import { Failure } from "../../media/failure.ts";
import type { OcrEngine, OcrLanguage, OcrLayout, OcrReading } from "../ocr-engine.ts";
import { toGrey, toPgm } from "./grey.ts";
import { type Recognizer, startRecognizer } from "./recognizer.ts";
import { openSlots } from "./slots.ts";
import { readingFromTsv } from "./tsv.ts";

export interface TesseractOptions {
  /** Worker threads, each about 100 MB once it has read; started when first needed. */
  readonly workers?: number;
  /** A single pass that takes longer is given up, and its thread with it. */
  readonly timeoutMs?: number;
  /** What starts a thread. */
  readonly start?: (languages: readonly OcrLanguage[]) => Promise<Recognizer>;
}

interface Seat {
  readonly start: (languages: readonly OcrLanguage[]) => Promise<Recognizer>;
  /** A promise, so that a thread whose start was interrupted is ended all the same. */
  recognizer?: Promise<Recognizer>;
}

interface Job {
  readonly pgm: Uint8Array;
  readonly languages: readonly OcrLanguage[];
  readonly layout: OcrLayout;
}

const nothing: OcrReading = { text: "", confidence: 0, lines: [] };

/**
 * Tesseract as WebAssembly, in worker threads of its own, with the language packs that npm carries. Starts nothing
 * until the first read; a thread that dies is replaced and the picture read once more. An aborted read ends its thread.
 * Throws `Failure` "unavailable" without packs or when the second thread dies too, "timeout" past `timeoutMs`.
 */
export function openTesseract(options: TesseractOptions = {}): OcrEngine {
  const {
    workers = Math.min(2, availableParallelism()),
    timeoutMs = 60_000,
    start = startRecognizer,
  } = options;
  const slots = openSlots<Seat>(Array.from({ length: workers }, () => ({ start })));
  const closing = new AbortController();

  return {
    name: "tesseract.js",
    async read(pixels, languages, signal, layout = "page") {
      if (pixels.width < 8 || pixels.height < 8) return nothing;
      const ended = AbortSignal.any([signal, closing.signal]);
      const { slot, release } = await slots.take(ended);
      try {
        return await readIn(slot, { pgm: toPgm(toGrey(pixels)), languages, layout }, ended, timeoutMs);
      } finally {
        release();
      }
    },
    async [Symbol.asyncDispose]() {
      closing.abort(new Failure(closed));
      await Promise.all(slots.all.map(vacate));
    },
  };
}

const closed = {
  code: "interrupted",
  message: "The text reader was closed while a picture was being read.",
  remedy: "Run the command again.",
} as const;

async function readIn(seat: Seat, job: Job, signal: AbortSignal, timeoutMs: number): Promise<OcrReading> {
  for (let attempt = 1; ; attempt++) {
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      return await untilAborted(recognize(seat, job), AbortSignal.any([signal, deadline]));
    } catch (cause) {
      await vacate(seat);
      signal.throwIfAborted();
      if (deadline.aborted) throw new Failure(tookTooLong(timeoutMs), { cause });
      if (cause instanceof Failure) throw cause;
      if (attempt === 2) throw new Failure(keepsDying, { cause });
    }
  }
}

async function recognize(seat: Seat, job: Job): Promise<OcrReading> {
  const present = await seat.recognizer;
  if (present && (present.dead || present.languages !== job.languages.join("+"))) await vacate(seat);
  seat.recognizer ??= seat.start(job.languages);
  const recognizer = await seat.recognizer;
  return readingFromTsv(await recognizer.recognize(job.pgm, job.layout));
}

async function vacate(seat: Seat): Promise<void> {
  const starting = seat.recognizer;
  delete seat.recognizer;
  const recognizer = await starting?.catch(() => undefined);
  await recognizer?.terminate();
}

/** The work's outcome, or the signal's reason as soon as it aborts; the work itself is ended by the caller. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, cancel } = aborted(signal);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, promise]);
  } finally {
    cancel();
  }
}

function aborted(signal: AbortSignal): { readonly promise: Promise<never>; readonly cancel: () => void } {
  let cancel = () => {};
  const promise = new Promise<never>((_, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    cancel = () => signal.removeEventListener("abort", stop);
  });
  return { promise, cancel };
}

function tookTooLong(timeoutMs: number) {
  return {
    code: "timeout",
    message: `Reading the text of one picture took longer than ${Math.round(timeoutMs / 1000)} s and was given up.`,
    remedy: "Try a smaller region of it with `ocr_reread`.",
  } as const;
}

const keepsDying = {
  code: "unavailable",
  message: "The text reader (tesseract.js) stopped twice while reading one picture.",
  remedy: "Run `npm ci` again; if memory is short, close other programs.",
} as const;
