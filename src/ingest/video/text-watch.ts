import type { Frame } from "../../media/pixels.ts";
import type { OcrReading } from "../ocr-engine.ts";
import { sameText } from "./same-text.ts";
import { countChanges, countText, findTextFields, type TextFields } from "./text-fields.ts";

export interface TextSpan {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  /** 0..100. */
  readonly confidence: number;
}

/** Reads the text that is on screen at a time; undefined when there is none. Expensive: about half a second. */
export type ReadScreen = (frame: Frame, signal: AbortSignal) => Promise<OcrReading | undefined>;

/** Fields that must hold text before a picture is worth reading, and that must change before it is read again. */
const leastText = 3;
const leastChange = 2;
const settledMs = 240;
const impatientMs = 1000;
const shortestWaitMs = 500;
const longestWaitMs = 16_000;
/** Under this, three of four characters are wrong (docs/decisions: OCR engine). */
const leastConfidence = 50;

/**
 * Decides which frames of a video to read, and joins readings of the same text into one span.
 *
 * A picture is read once it may hold text, differs from the one read last, and has come to rest; while it keeps
 * changing (captions over moving pictures), after a second. A span begins when its picture came on and ends when it
 * changed, to the distance of two frames. Pictures that turn out to hold no text are read ever more rarely (up to every
 * 16 s), so that foliage costs little.
 */
export class TextWatch {
  readonly #read: ReadScreen;
  #previous: TextFields | undefined;
  #readFields: TextFields | undefined;
  #stillSinceMs = 0;
  #changedSinceMs: number | undefined;
  #nextReadMs = 0;
  #waitMs = shortestWaitMs;
  #open: { startMs: number; reading: OcrReading } | undefined;

  constructor(read: ReadScreen) {
    this.#read = read;
  }

  /** Frames in order. Returns a span that has come to its end. */
  async push(frame: Frame, startsShot: boolean, signal: AbortSignal): Promise<TextSpan | undefined> {
    const { timeMs } = frame;
    const fields = findTextFields(frame.pixels);
    if (this.#previous === undefined || countChanges(this.#previous, fields) >= leastChange) {
      this.#stillSinceMs = timeMs;
    }
    this.#previous = fields;
    if (startsShot) this.#nextReadMs = timeMs;
    if (this.#readFields !== undefined && countChanges(this.#readFields, fields) < leastChange) {
      this.#changedSinceMs = undefined;
      return undefined;
    }
    this.#changedSinceMs ??= timeMs;
    if (countText(fields) < leastText) return this.#nothingToRead();
    return this.#isDue(timeMs) ? this.#readNow(frame, fields, signal) : undefined;
  }

  finish(endMs: number): TextSpan | undefined {
    return this.#closeAt(this.#changedSinceMs ?? endMs);
  }

  #isDue(timeMs: number): boolean {
    const still = timeMs - this.#stillSinceMs >= settledMs;
    const waited = timeMs - (this.#changedSinceMs ?? timeMs) >= impatientMs;
    return timeMs >= this.#nextReadMs && (still || waited);
  }

  async #readNow(frame: Frame, fields: TextFields, signal: AbortSignal): Promise<TextSpan | undefined> {
    const changedMs = this.#changedSinceMs ?? frame.timeMs;
    const still = frame.timeMs - this.#stillSinceMs >= settledMs;
    const startMs = still ? Math.max(changedMs, this.#stillSinceMs) : changedMs;
    const reading = await this.#read(frame, signal);
    this.#readFields = fields;
    this.#changedSinceMs = undefined;
    const legible =
      reading !== undefined && reading.confidence >= leastConfidence && /[\p{L}\p{N}]{2}/u.test(reading.text);
    this.#waitMs = legible ? shortestWaitMs : Math.min(longestWaitMs, this.#waitMs * 2);
    this.#nextReadMs = frame.timeMs + this.#waitMs;
    if (!legible) return this.#closeAt(changedMs);
    if (this.#open !== undefined && sameText(this.#open.reading.text, reading.text)) {
      if (reading.confidence > this.#open.reading.confidence) this.#open.reading = reading;
      return undefined;
    }
    const ended = this.#closeAt(changedMs);
    this.#open = { startMs, reading };
    return ended;
  }

  /** Text that comes on later is new, whatever stood here before. */
  #nothingToRead(): TextSpan | undefined {
    const ended = this.#closeAt(this.#changedSinceMs ?? 0);
    this.#changedSinceMs = undefined;
    this.#readFields = undefined;
    return ended;
  }

  #closeAt(endMs: number): TextSpan | undefined {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return undefined;
    return { startMs: open.startMs, endMs: Math.max(endMs, open.startMs), ...open.reading };
  }
}
